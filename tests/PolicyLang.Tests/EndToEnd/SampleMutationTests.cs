using System.Collections.Concurrent;
using PolicyLang.Tests.Syntax;
using Xunit;

namespace PolicyLang.Tests.EndToEnd;

/// <summary>
/// No small accident changes a policy unseen. Each lost word and each swap of neighbours in the design's sample is an error, or stands with a
/// judgement in <c>judged-mutations.txt</c>. With the environment variable <c>POLICYC_UPDATE</c> the list is written anew, and what is new in it waits to be judged.
/// </summary>
public sealed class SampleMutationTests
{
    private const string Unjudged = "TO JUDGE";
    private const string Separator = "  # ";

    private static string ListPath => Path.Combine(Path.GetDirectoryName(SampleFiles.Folder) ?? "", "EndToEnd", "judged-mutations.txt");

    [Fact]
    public void Each_lost_word_and_each_swap_is_an_error_or_judged()
    {
        Assert.False(DesignSample.Compile(DesignSample.Policy).HasErrors);
        var unseen = new ConcurrentBag<string>();
        var mutations = PolicyMutations.DeleteEachToken(DesignSample.Policy).Concat(PolicyMutations.SwapNeighbours(DesignSample.Policy));
        Parallel.ForEach(mutations, mutation =>
        {
            if (!DesignSample.Compile(mutation.Text).HasErrors)
            {
                unseen.Add(mutation.Name);
            }
        });
        var names = unseen.Distinct().Order(StringComparer.Ordinal).ToArray();
        var judged = Judged();
        if (Environment.GetEnvironmentVariable("POLICYC_UPDATE") is not null)
        {
            File.WriteAllLines(ListPath, names.Select(name => name + Separator + judged.GetValueOrDefault(name, Unjudged)));
        }

        Assert.Equal(judged.Keys.Order(StringComparer.Ordinal), names);
        Assert.DoesNotContain(Unjudged, judged.Values);
    }

    [Fact]
    public void No_lost_line_widens_what_is_left()
    {
        // One clause a line, so that every clause can get lost.
        var lines = DesignSample.Policy.Replace("  via ", "\n  via ", StringComparison.Ordinal).Replace("  when ", "\n  when ", StringComparison.Ordinal)
            .Replace("  cluster-wide", "\n  cluster-wide", StringComparison.Ordinal).Replace("  in ", "\n  in ", StringComparison.Ordinal);
        Assert.False(DesignSample.Compile(lines).HasErrors);
        foreach (var mutation in PolicyMutations.DeleteEachLine(lines))
        {
            var lost = lines.Split('\n').Except(mutation.Text.Split('\n')).SingleOrDefault() ?? "";
            if (lost.TrimStart().StartsWith("cluster-wide", StringComparison.Ordinal) || lost.TrimStart().StartsWith("in ", StringComparison.Ordinal))
            {
                Assert.True(DesignSample.Compile(mutation.Text).HasErrors, $"`{lost}` was lost without an error");
            }
        }
    }

    private static Dictionary<string, string> Judged()
        => (File.Exists(ListPath) ? File.ReadAllLines(ListPath) : [])
            .Select(line => (Line: line, At: line.LastIndexOf(Separator, StringComparison.Ordinal)))
            .Where(line => line.At > 0)
            .ToDictionary(line => line.Line[..line.At], line => line.Line[(line.At + Separator.Length)..], StringComparer.Ordinal);
}
