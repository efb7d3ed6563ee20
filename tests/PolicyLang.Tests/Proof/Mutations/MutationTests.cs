using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using PolicyLang.Tests.EndToEnd;
using Xunit;

namespace PolicyLang.Tests.Proof.Mutations;

/// <summary>
/// Each trap of the systems that an edit of an output can express is made real in a committed output, and the proof must name the world that it changes,
/// or hold where it changes none. <c>POLICYC_UPDATE</c> rewrites the page that lists them.
/// </summary>
public sealed class MutationTests
{
    private static readonly (string System, OutputMutation[] Mutations)[] s_table =
    [
        ("Tailscale", [.. TailscaleMutations.All]),
        ("Teleport", [.. TeleportMutations.All]),
        ("Cloudflare", [.. CloudflareMutations.All]),
        ("Kubernetes", [.. KubernetesMutations.All]),
    ];

    private static readonly ConcurrentDictionary<string, ProofCase> s_cases = new(StringComparer.Ordinal);

    public static TheoryData<string, string, string> Rows
    {
        get
        {
            var rows = new TheoryData<string, string, string>();
            foreach (var (system, mutations) in s_table)
            {
                foreach (var mutation in mutations)
                {
                    rows.Add(system, mutation.Trap, mutation.Edit);
                }
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_proof_says_what_an_edit_changes(string system, string trap, string edit)
    {
        var mutation = s_table.Single(t => t.System == system).Mutations.Single(m => m.Trap == trap && m.Edit == edit);
        var example = s_cases.GetOrAdd(mutation.Example, ProofCase.Example);
        var written = example.TextOf(mutation.File);
        var edited = mutation.Apply(written);
        Assert.True(edited is not null && edited != written, $"{mutation.File} of {mutation.Example} has no place for the edit");
        var outcome = example.Verify((mutation.File, edited));
        Assert.True(mutation.Expected.IsMetBy(outcome), $"expected: {mutation.Expected}\n{outcome}");
    }

    [Fact]
    public void The_page_of_mutations_is_current()
    {
        var all = s_table.SelectMany(t => t.Mutations).ToArray();
        var unseen = all.Count(m => m.Expected.IsUnseen);
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"""
            # Mutations

            Outputs of the [examples](../examples), each edited in one place so that a known trap of its system becomes real, and what [the proof](proof.md) says of it. An edit that
            changes nobody's access must pass. Each row is a test, and this page is generated from the rows: {all.Length}; not seen yet: {unseen}.

            """));
        foreach (var (system, mutations) in s_table)
        {
            text.Append("\n## ").Append(system).Append("\n\n| trap | output | edit | the proof says |\n|---|---|---|---|\n");
            foreach (var mutation in mutations)
            {
                text.Append("| ").AppendJoin(" | ", mutation.Trap, $"{mutation.Example}: `{mutation.File}`", mutation.Edit, mutation.Expected).Append(" |\n");
            }
        }

        var path = Repository.Path("docs", "mutations.md");
        if (Environment.GetEnvironmentVariable("POLICYC_UPDATE") is not null)
        {
            File.WriteAllText(path, text.ToString());
        }

        Assert.Equal(text.ToString(), File.ReadAllText(path));
    }
}
