using System.Globalization;
using System.Text;
using PolicyLang.Diagnostics;
using Xunit;

namespace PolicyLang.Tests.EndToEnd;

/// <summary>What the examples compile to is committed beside them, byte for byte. <c>policyc build examples/NAME --as-of 2026-11-23</c> writes it anew.</summary>
public sealed class ExamplesTests
{
    public static TheoryData<string> Examples => [.. ExampleProject.Names];

    [Fact]
    public void The_examples_are_all_here()
        => Assert.Equal(["acme", "cloudflare-zero-trust", "tailnet-base", "tailscale-operator", "teleport-github/v18", "teleport-github/v4"], ExampleProject.Names);

    [Theory]
    [MemberData(nameof(Examples))]
    public void The_committed_outputs_are_those_of_the_policy(string name)
    {
        var example = new ExampleProject(name);
        var compilation = example.Compile();
        AssertSame(example.Committed(), ExampleProject.OutputsOf(compilation));
        Assert.Equal(File.ReadAllText(Path.Combine(example.OutputFolder, "policyc.manifest.json"), Encoding.Latin1), ExampleProject.ManifestOf(compilation));
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void The_order_of_files_makes_no_difference(string name)
    {
        var example = new ExampleProject(name);
        var committed = example.Committed();
        AssertSame(committed, ExampleProject.OutputsOf(example.Compile(files => files.Reverse())));
        AssertSame(committed, ExampleProject.OutputsOf(example.Compile(files => files.OrderBy(file => file.Text.Length))));

        // Findings come in the order of files and positions, whatever order the files were read in.
        Assert.Equal(example.Compile().Diagnostics.Select(Describe), example.Compile(files => files.Reverse()).Diagnostics.Select(Describe));
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void The_culture_makes_no_difference(string name)
    {
        var example = new ExampleProject(name);
        SortedDictionary<string, string>? outputs = null;
        IEnumerable<string> findings = [];
        var thread = new Thread(() =>
        {
            var compilation = example.Compile();
            findings = [.. compilation.Diagnostics.Select(Describe)];
            outputs = ExampleProject.OutputsOf(compilation);
        })
        {
            CurrentCulture = OddCulture(),
            CurrentUICulture = OddCulture(),
        };
        thread.Start();
        thread.Join();
        AssertSame(example.Committed(), outputs ?? []);
        Assert.Equal(example.Compile().Diagnostics.Select(Describe), findings);
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Two_compilations_at_once_do_not_disturb_each_other(string name)
    {
        var example = new ExampleProject(name);
        var results = new SortedDictionary<string, string>[4];
        Parallel.For(0, results.Length, i => results[i] = ExampleProject.OutputsOf(example.Compile()));
        Assert.All(results, result => AssertSame(example.Committed(), result));
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Every_file_is_utf8_without_mark_with_line_feeds_and_one_final_line_feed(string name)
        => Assert.All(new ExampleProject(name).Committed(), file =>
        {
            Assert.False(file.Value.StartsWith("\u00EF\u00BB\u00BF", StringComparison.Ordinal), file.Key);
            Assert.False(file.Value.Contains('\r', StringComparison.Ordinal), file.Key);
            Assert.True(file.Value.EndsWith('\n') && !file.Value.EndsWith("\n\n", StringComparison.Ordinal), file.Key);
            _ = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Encoding.Latin1.GetBytes(file.Value));
        });

    [Theory]
    [MemberData(nameof(Examples))]
    public void Reasons_stay_out_of_artefacts(string name)
    {
        var example = new ExampleProject(name);
        var reasons = example.Compile().Access?.Clusters.SelectMany(c => c.Grants).Select(g => g.Rule.Because).OfType<string>().Distinct(StringComparer.Ordinal) ?? [];
        Assert.All(reasons, reason => Assert.All(example.Committed(), file => Assert.False(file.Value.Contains(reason, StringComparison.Ordinal), $"{file.Key} holds `{reason}`")));
    }

    private static string Describe(Diagnostic diagnostic) => $"{diagnostic.Code} {diagnostic.Location}: {diagnostic.Message} / {diagnostic.Help}";

    // Turkish, where the runtime has it (its i has a capital with a dot); without cultures, one whose numbers and dates look like nothing else.
    private static CultureInfo OddCulture()
    {
        var odd = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        try
        {
            odd = (CultureInfo)new CultureInfo("tr-TR").Clone();
        }
        catch (CultureNotFoundException)
        {
        }

        odd.NumberFormat.NegativeSign = "~";
        odd.NumberFormat.NumberGroupSeparator = "x";
        odd.NumberFormat.NumberDecimalSeparator = "y";
        odd.DateTimeFormat.DateSeparator = "!";
        odd.DateTimeFormat.ShortDatePattern = "dd!MM!yy";
        return odd;
    }

    private static void AssertSame(SortedDictionary<string, string> expected, SortedDictionary<string, string> actual)
    {
        Assert.Equal(expected.Keys, actual.Keys);
        Assert.All(expected, file => Assert.Equal(file.Value, actual[file.Key]));
    }
}
