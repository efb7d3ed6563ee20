using System.Text.RegularExpressions;
using PolicyLang.Access;
using PolicyLang.Cli;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics;
using PolicyLang.Tests.Syntax;
using Xunit;

namespace PolicyLang.Tests.EndToEnd;

/// <summary>
/// Every policy that the documentation shows is compiled. ```policy must have no error, ```policy-error CODE that error alone, and ```policy-warning CODE that
/// warning. Each stands beside the company and the inventories of the language page, but for ```policy alone.
/// </summary>
public sealed partial class DocumentationTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(SampleFiles.Folder, "..", "..", ".."));

    private static readonly string Language = File.ReadAllText(Path.Combine(Root, "docs", "language.md"));

    private static readonly string Company = CompanyMark().Match(Language).Groups["text"].Value;

    private static readonly (string Path, string Text)[] Inventories = [.. FileMark().Matches(Language).Select(m => (m.Groups["path"].Value, m.Groups["text"].Value))];

    public static TheoryData<string> Pages => [.. PagePaths];

    private static IEnumerable<string> PagePaths
        => new[] { "docs", "examples" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.md", SearchOption.AllDirectories))
            .Concat(["README.md", "CONTRIBUTING.md"])
            .Select(page => Path.GetRelativePath(Root, Path.GetFullPath(page, Root)).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_policy_block_compiles_as_the_page_says(string page)
    {
        foreach (Match block in PolicyBlock().Matches(File.ReadAllText(Path.Combine(Root, page))))
        {
            var text = block.Groups["text"].Value;
            var company = block.Groups["kind"].Value == " alone" || text == Company ? "" : Company;
            var found = WholeProject.Compile(company + text, null, Inventories).Diagnostics;
            var errors = found.Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.Code).Distinct().ToArray();
            string[] expected = block.Groups["kind"].Value == "-error" ? [block.Groups["code"].Value] : [];
            Assert.True(errors.SequenceEqual(expected), $"{page}: {string.Join("; ", found.Select(e => $"{e.Code} {e.Location} {e.Message}"))}\n{text}");
            if (block.Groups["kind"].Value == "-warning")
            {
                Assert.Contains(block.Groups["code"].Value, found.Select(d => d.Code));
            }
        }
    }

    [Fact]
    public void The_language_page_shows_policies_and_mistakes()
    {
        var kinds = PolicyBlock().Matches(Language).Select(m => m.Groups["kind"].Value).ToArray();
        Assert.True(kinds.Count(k => k.Length == 0) >= 8);
        Assert.True(kinds.Count(k => k == "-error") >= 12);
        Assert.Equal(2, Inventories.Length);
        Assert.NotEqual("", Company);
    }

    [Theory]
    [InlineData(typeof(SemanticDiagnostics))]
    [InlineData(typeof(AccessDiagnostics))]
    public void The_language_page_names_every_code_of_names_and_access(Type diagnostics)
        => Assert.Equal([], CodesOf(diagnostics).Where(code => !Language.Contains(code, StringComparison.Ordinal)));

    /// <summary>A code in back-ticks must not outlive the code.</summary>
    [Fact]
    public void The_language_page_names_no_code_that_does_not_exist()
    {
        var known = new[] { typeof(PolicyCompiler).Assembly, typeof(ExitCodes).Assembly }.SelectMany(a => a.GetTypes()).SelectMany(CodesOf).ToHashSet(StringComparer.Ordinal);
        var named = CodeInParentheses().Matches(Language).Select(m => m.Groups["code"].Value);
        Assert.Equal([], named.Where(code => !known.Contains(code)));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_link_leads_somewhere(string page)
    {
        var text = File.ReadAllText(Path.Combine(Root, page));
        foreach (Match link in Link().Matches(text))
        {
            var target = link.Groups["target"].Value;
            var file = target.Split('#')[0];
            var path = file.Length == 0 ? Path.Combine(Root, page) : Path.GetFullPath(Path.Combine(Root, Path.GetDirectoryName(page) ?? "", file));
            Assert.True(Path.Exists(path), $"{page} links to {target}");
            if (target.Split('#') is [_, var anchor] && path.EndsWith(".md", StringComparison.Ordinal))
            {
                Assert.Contains(anchor, Heading().Matches(File.ReadAllText(path)).Select(h => AnchorOf(h.Groups["title"].Value)));
            }
        }
    }

    /// <summary>What the front page shows is what comes out, without the indentation.</summary>
    [Fact]
    public void The_readme_shows_real_output()
    {
        var page = File.ReadAllText(Path.Combine(Root, "README.md"));
        var policy = PolicyBlock().Match(page).Groups["text"].Value;
        var outputs = WholeProject.Compile(policy, null, []).Outputs.Values.SelectMany(files => files).Select(f => Flat(System.Text.Encoding.UTF8.GetString(f.Content.Span))).ToArray();
        var excerpts = Excerpt().Matches(page).Select(m => Flat(m.Groups["text"].Value)).ToArray();
        Assert.True(excerpts.Length >= 2);
        Assert.All(excerpts, excerpt => Assert.Contains(outputs, output => output.Contains(excerpt, StringComparison.Ordinal)));
    }

    private static string Flat(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static IEnumerable<string> CodesOf(Type type)
        => type.GetFields(System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.Public)
            .Where(f => f.FieldType == typeof(DiagnosticDescriptor))
            .Select(f => ((DiagnosticDescriptor)f.GetValue(null)!).Code);

    // As GitHub makes them.
    private static string AnchorOf(string title)
        => string.Concat(title.ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_')).Replace(' ', '-');

    [GeneratedRegex(@"^```policy(?<kind>-error|-warning| alone|)(?: (?<code>[a-z-]+))?\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex PolicyBlock();

    [GeneratedRegex(@"^<!-- company -->\n```policy\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CompanyMark();

    [GeneratedRegex(@"^<!-- file (?<path>\S+) -->\n```yaml\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex FileMark();

    [GeneratedRegex(@"\(`(?<code>[a-z]+(?:-[a-z0-9]+)+)`(?: for [^)]*)?\)")]
    private static partial Regex CodeInParentheses();

    [GeneratedRegex(@"\]\((?<target>(?!https?:)[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (?<title>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^```(?:json|yaml)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Excerpt();
}
