using PolicyLang.Cli.Building;
using PolicyLang.Diagnostics;
using PolicyLang.Projects;
using PolicyLang.Targets;
using PolicyLang.Testing;
using PolicyLang.Tests.EndToEnd;
using PolicyLang.Tests.Support;
using Xunit;

namespace PolicyLang.Tests.Diagnostics;

/// <summary>What the codes say about themselves is complete, and their examples are true.</summary>
public sealed class DiagnosticExplanationTests
{
    private static readonly DiagnosticDescriptor[] All = [.. DiagnosticCatalog.All.Concat(CommandDiagnostics.All).Select(kind => kind.Descriptor)];

    public static TheoryData<string> Codes => [.. All.Select(descriptor => descriptor.Code)];

    public static TheoryData<string> CodesWithExample => [.. All.Where(descriptor => descriptor.Example is not null).Select(descriptor => descriptor.Code)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_code_is_explained_in_a_paragraph_of_full_sentences(string code)
    {
        var descriptor = Find(code);
        var text = descriptor.Explanation;
        Assert.NotNull(text);
        Assert.NotEqual(descriptor.Title, text, StringComparer.OrdinalIgnoreCase);
        Assert.True(char.IsUpper(text[0]) || text[0] == '`', text);
        Assert.EndsWith(".", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', text);
        Assert.DoesNotContain("  ", text, StringComparison.Ordinal);
        Assert.True(text.Count(c => c == '`') % 2 == 0, "a back-tick has no partner");
        Assert.True(text.Length > descriptor.Title.Length, "the explanation says less than the title");
    }

    /// <summary>Only where nothing but the code is wrong does the example show what the code means.</summary>
    [Theory]
    [MemberData(nameof(CodesWithExample))]
    public void Every_example_has_the_code_and_no_other_error(string code)
    {
        var descriptor = Find(code);
        var example = descriptor.Example!;
        Assert.False(example.StartsWith('\n') || example.EndsWith('\n'), "the example begins or ends with an empty line");
        Assert.All(example.Split('\n'), line => Assert.True(line.Length <= 100, $"the line is too long for a terminal: {line}"));

        var found = WholeProject.Compile(example).Diagnostics;
        if (descriptor == TestingDiagnostics.ExpectationFailed)
        {
            // A build runs no tests.
            Assert.DoesNotContain(found, finding => finding.Severity == DiagnosticSeverity.Error);
            found = [.. RunTests(example)];
        }

        var codes = found.Select(finding => finding.Code).ToArray();
        Assert.True(codes.Contains(code), $"the example has {(codes.Length == 0 ? "no finding" : string.Join("; ", found.Select(Findings.Line)))}");
        Assert.DoesNotContain(found, finding => finding.Severity == DiagnosticSeverity.Error && finding.Code != code);
    }

    [Fact]
    public void Most_mistakes_of_a_policy_have_an_example()
    {
        string[] areas = ["Syntax", "Names and access", "Rights", "Guards and tests"];
        var without = DiagnosticCatalog.All.Where(kind => areas.Contains(kind.Area) && kind.Descriptor.Example is null).Select(kind => kind.Descriptor);

        // Both are about an inventory, which a policy alone does not have.
        Assert.Equal(["misspelt-field", "unknown-namespace"], without.Select(descriptor => descriptor.Code));
    }

    private static DiagnosticDescriptor Find(string code) => Array.Find(All, descriptor => descriptor.Code == code)!;

    private static IEnumerable<Diagnostic> RunTests(string policy)
    {
        var diagnostics = new DiagnosticBag();
        var files = new InMemoryProjectFiles(("test.policy", policy));
        var project = ProjectLoader.Load(files, TargetRegistry.All, "0.1.0", diagnostics);
        var analysis = PolicyAnalysis.Analyse(new CompilationInput(project.Settings, project.Policies, files, TargetRegistry.All, DesignSample.Today));
        ExpectationReport.Report(TestRunner.Run(analysis.Policy!, new PolicyAccessSource(analysis.Policy!, analysis.Access!)), diagnostics);
        return diagnostics.ToSortedArray();
    }
}
