using System.Globalization;
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

            Every finding has a stable code. Errors write nothing; warnings and notes change no output. `policyc explain CODE` shows in a terminal what stands here. An example, compiled
            alone and without a project file, has the code that it stands for and no other error: a test holds that. This page is generated from the code.


            """);
        var areas = All.GroupBy(d => AreaOf(d.Area)).OrderBy(g => g.Key, StringComparer.Ordinal).ToArray();
        text.AppendJoin(" · ", areas.Select(area => $"[{area.Key}](#{Anchor(area.Key)})")).Append('\n');
        foreach (var area in areas)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {area.Key}\n\n| code | severity | meaning |\n|---|---|---|\n");
            foreach (var (_, descriptor) in area)
            {
                text.Append(CultureInfo.InvariantCulture, $"| [`{descriptor.Code}`](#{descriptor.Code}) | {descriptor.Severity.ToString().ToLowerInvariant()} | {descriptor.Title.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
            }

            foreach (var (_, descriptor) in area)
            {
                text.Append(CultureInfo.InvariantCulture, $"\n### {descriptor.Code}\n\n{descriptor.Explanation}\n");
                if (descriptor.Example is { } example)
                {
                    text.Append(CultureInfo.InvariantCulture, $"\n```text\n{example}\n```\n");
                }
            }
        }

        var path = Path.Combine(Root, "docs", "diagnostics.md");
        if (Environment.GetEnvironmentVariable("POLICYC_UPDATE") is not null)
        {
            File.WriteAllText(path, text.ToString());
        }

        Assert.Equal(text.ToString(), File.ReadAllText(path));
    }

    /// <summary>The program lists its own codes without looking into itself; <c>POLICYC_UPDATE</c> writes the lists anew.</summary>
    [Theory]
    [InlineData("src/PolicyLang/Diagnostics/DiagnosticCatalog.cs", typeof(PolicyCompiler))]
    [InlineData("src/PolicyLang.Cli/Building/CommandDiagnostics.cs", typeof(ExitCodes))]
    public void The_list_of_codes_is_current(string file, Type some)
    {
        var space = file.Contains("Cli", StringComparison.Ordinal) ? "PolicyLang.Cli.Building" : "PolicyLang.Diagnostics";
        var name = Path.GetFileNameWithoutExtension(file);
        var text = new StringBuilder($$"""
            // Made from the code: POLICYC_UPDATE=1 dotnet test. A test fails when it is not current.
            using System.Collections.Immutable;
            {{(space == "PolicyLang.Diagnostics" ? "" : "using PolicyLang.Diagnostics;\n")}}
            namespace {{space}};

            /// <summary>All kinds of diagnostics of this part of the program, in ordinal order of their codes.</summary>
            {{(space == "PolicyLang.Diagnostics" ? "public" : "internal")}} static class {{name}}
            {
                /// <summary>The kinds, each with the area of the program that reports it.</summary>
                public static ImmutableArray<(string Area, DiagnosticDescriptor Descriptor)> All =>
                [

            """.ReplaceLineEndings("\n"));
        var fields = some.Assembly.GetTypes()
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic).Where(f => f.FieldType == typeof(DiagnosticDescriptor)))
            .Select(field => (Code: ((DiagnosticDescriptor)field.GetValue(null)!).Code, Area: AreaOf(field.DeclaringType!.Namespace!), Name: $"{field.DeclaringType.FullName}.{field.Name}"))
            .OrderBy(field => field.Code, StringComparer.Ordinal);
        foreach (var (_, area, field) in fields)
        {
            text.Append(CultureInfo.InvariantCulture, $"        (\"{area}\", {field}),\n");
        }

        text.Append("    ];\n}\n");
        var path = Path.Combine(Root, file);
        if (Environment.GetEnvironmentVariable("POLICYC_UPDATE") is not null)
        {
            File.WriteAllText(path, text.ToString());
        }

        Assert.Equal(text.ToString(), File.ReadAllText(path));
    }

    // As GitHub makes them.
    private static string Anchor(string title) => string.Concat(title.ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-')).Replace(' ', '-');

    private static string AreaOf(string space) => space switch
    {
        "PolicyLang.Syntax" or "PolicyLang.Syntax.Mistakes" => "Syntax",
        "PolicyLang.Semantics" or "PolicyLang.Access" => "Names and access",
        "PolicyLang.Semantics.Rights" => "Rights",
        "PolicyLang.Testing" => "Guards and tests",
        "PolicyLang.Data" or "PolicyLang.Projects" => "Project files, inventories and blocks",
        "PolicyLang.Linting" => "Linting",
        "PolicyLang.Proof" or "PolicyLang.Verifying" => "Proof and verification",
        "PolicyLang.Projects.Outputs" or "PolicyLang.Cli.Building" => "Outputs",
        _ => "Target " + space[(space.LastIndexOf('.') + 1)..].ToLowerInvariant(),
    };
}
