using System.Reflection;
using System.Text;
using PolicyLang.Cli;
using PolicyLang.Diagnostics;
using PolicyLang.Tests.Syntax;
using Xunit;

namespace PolicyLang.Tests.Diagnostics;

/// <summary>Holds the codes unique, documented and tested. <c>POLICYC_UPDATE</c> rewrites the reference.</summary>
public sealed class DiagnosticReferenceTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(SampleFiles.Folder, "..", "..", ".."));

    private static readonly (string Area, DiagnosticDescriptor Descriptor)[] All =
    [
        .. new[] { typeof(PolicyCompiler).Assembly, typeof(ExitCodes).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic).Where(f => f.FieldType == typeof(DiagnosticDescriptor)))
            .Select(field => (field.DeclaringType!.Namespace!, (DiagnosticDescriptor)field.GetValue(null)!))
            .OrderBy(d => d.Item2.Code, StringComparer.Ordinal),
    ];

    [Fact]
    public void Every_code_stands_once_and_is_spelled_as_codes_are()
    {
        Assert.Equal([], All.GroupBy(d => d.Descriptor.Code).Where(g => g.Count() > 1).Select(g => g.Key));
        Assert.All(All, d => Assert.Matches("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", d.Descriptor.Code));
    }

    [Fact]
    public void Every_title_is_a_plain_sentence_without_a_full_stop()
        => Assert.All(All, d =>
        {
            var first = d.Descriptor.Title.TrimStart('`')[0];
            Assert.False(d.Descriptor.Title.EndsWith('.'), d.Descriptor.Code);
            Assert.False(d.Descriptor.Title.Contains('\n', StringComparison.Ordinal), d.Descriptor.Code);
            Assert.True(char.IsLetter(first), d.Descriptor.Code);
        });

    [Fact]
    public void Every_code_is_the_matter_of_some_test()
    {
        var tests = new StringBuilder();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Root, "tests"), "*.*", SearchOption.AllDirectories)
            .Where(f => f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".policy", StringComparison.Ordinal)))
        {
            tests.Append(File.ReadAllText(file)).Append('\n');
        }

        var text = tests.ToString();
        var fields = new[] { typeof(PolicyCompiler).Assembly, typeof(ExitCodes).Assembly }.SelectMany(a => a.GetTypes())
            .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)).Where(f => f.FieldType == typeof(DiagnosticDescriptor));
        var untested = fields
            .Where(f => !text.Contains(((DiagnosticDescriptor)f.GetValue(null)!).Code, StringComparison.Ordinal) && !text.Contains($"{f.DeclaringType!.Name}.{f.Name}", StringComparison.Ordinal))
            .Select(f => ((DiagnosticDescriptor)f.GetValue(null)!).Code);
        Assert.Equal([], untested);
    }

    [Fact]
    public void The_reference_is_current()
    {
        var text = new StringBuilder("""
            # Diagnostics

            Every finding has a stable code. Errors write nothing; warnings and notes change no output. This page is generated from the code.

            """);
        foreach (var area in All.GroupBy(d => AreaOf(d.Area)).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\n## {area.Key}\n\n| code | severity | meaning |\n|---|---|---|\n");
            foreach (var (_, descriptor) in area)
            {
                text.Append(System.Globalization.CultureInfo.InvariantCulture, $"| `{descriptor.Code}` | {descriptor.Severity.ToString().ToLowerInvariant()} | {descriptor.Title.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
            }
        }

        var path = Path.Combine(Root, "docs", "diagnostics.md");
        if (Environment.GetEnvironmentVariable("POLICYC_UPDATE") is not null)
        {
            File.WriteAllText(path, text.ToString());
        }

        Assert.Equal(text.ToString(), File.ReadAllText(path));
    }

    private static string AreaOf(string space) => space switch
    {
        "PolicyLang.Syntax" or "PolicyLang.Syntax.Mistakes" => "Syntax",
        "PolicyLang.Semantics" or "PolicyLang.Access" => "Names and access",
        "PolicyLang.Semantics.Rights" => "Rights",
        "PolicyLang.Formatting" => "Formatting",
        "PolicyLang.Testing" => "Guards and tests",
        "PolicyLang.Data" or "PolicyLang.Projects" => "Project files, inventories and blocks",
        "PolicyLang.Projects.Outputs" or "PolicyLang.Cli.Building" => "Outputs",
        _ => "Target " + space[(space.LastIndexOf('.') + 1)..].ToLowerInvariant(),
    };
}
