using System.Text;
using CsCheck;
using PolicyLang.Projects.Outputs;
using Xunit;

namespace PolicyLang.Tests.Outputs;

public sealed class UnifiedDiffTests
{
    [Fact]
    public void Changes_far_apart_are_hunks_of_their_own_with_three_lines_around()
        => Assert.Equal(
            """
            --- a/f
            +++ b/f
            @@ -1,4 +1,4 @@
            -1
            +one
             2
             3
             4
            @@ -17,4 +17,5 @@
             17
             18
             19
            -20
            +twenty
            +more
            """.ReplaceLineEndings("\n"),
            Diff(Lines(1, 20), Lines(1, 20).Replace("1\n2\n", "one\n2\n", StringComparison.Ordinal).Replace("20\n", "twenty\nmore\n", StringComparison.Ordinal)));

    [Fact]
    public void New_and_removed_files_stand_against_nothing()
    {
        Assert.Equal("--- /dev/null\n+++ b/f\n@@ -0,0 +1,2 @@\n+a\n+b", Diff("", "a\nb\n", OutputChangeKind.Create));
        Assert.Equal("--- a/f\n+++ /dev/null\n@@ -1 +0,0 @@\n-a", Diff("a\n", "", OutputChangeKind.Remove));
    }

    [Fact]
    public void A_missing_line_feed_at_the_end_is_a_difference()
        => Assert.Equal("--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a", Diff("a", "a\n"));

    [Fact]
    public void Binary_content_is_not_printed()
    {
        var change = new OutputChange("f", "t", OutputChangeKind.Update, new byte[] { 0xff, 0xfe, 0 }, "a\n"u8.ToArray());
        Assert.Equal(["--- a/f", "+++ b/f", "(binary content differs)"], UnifiedDiff.Write(change));
        Assert.Contains("(binary content differs)", Diff("a\0b\n", "a\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void Very_different_files_are_compared_in_bounded_time()
    {
        var lines = UnifiedDiff.Write(new OutputChange("f", "t", OutputChangeKind.Update, Encoding.UTF8.GetBytes(Lines(1, 50_000)), Encoding.UTF8.GetBytes(Lines(100_000, 150_000))));
        Assert.Equal(3 + 50_000 + 50_001, lines.Count);
    }

    [Fact]
    public void Edits_turn_the_old_lines_into_the_new_ones()
        => Gen.Select(Gen.String[Gen.Char["abc"], 0, 12], Gen.String[Gen.Char["abc"], 0, 12]).Sample((a, b) =>
        {
            string[] oldLines = [.. a.Select(c => c.ToString())];
            string[] newLines = [.. b.Select(c => c.ToString())];
            var edits = LineDiff.Compare(oldLines, newLines);
            Assert.Equal(oldLines, edits.Where(e => e.Kind != LineEditKind.Insert).Select(e => oldLines[e.OldIndex]));
            Assert.Equal(newLines, edits.Where(e => e.Kind != LineEditKind.Delete).Select(e => newLines[e.NewIndex]));
            Assert.All(edits.Where(e => e.Kind == LineEditKind.Keep), e => Assert.Equal(oldLines[e.OldIndex], newLines[e.NewIndex]));
            Assert.Equal(oldLines.Length + newLines.Length - (2 * LongestCommon(oldLines, newLines)), edits.Count(e => e.Kind != LineEditKind.Keep));
        });

    private static int LongestCommon(string[] a, string[] b)
    {
        var table = new int[a.Length + 1, b.Length + 1];
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                table[i, j] = a[i - 1] == b[j - 1] ? table[i - 1, j - 1] + 1 : Math.Max(table[i - 1, j], table[i, j - 1]);
            }
        }

        return table[a.Length, b.Length];
    }

    private static string Lines(int first, int last) => string.Concat(Enumerable.Range(first, last - first + 1).Select(i => FormattableString.Invariant($"{i}\n")));

    private static string Diff(string old, string current, OutputChangeKind kind = OutputChangeKind.Update)
        => string.Join('\n', UnifiedDiff.Write(new OutputChange("f", "t", kind, Encoding.UTF8.GetBytes(old), Encoding.UTF8.GetBytes(current))));
}
