using System.Globalization;
using System.Text;
using PolicyLang.Tests.Oracle;
using Xunit;

namespace PolicyLang.Conformance;

/// <summary>Runs every recording through the readers, and holds the table in the documentation to the outcome.</summary>
public sealed class ConformanceTests
{
    // One line a system, in alphabetical order: what runs its recordings.
    private static readonly (string System, Func<IEnumerable<ConformanceRow>> Rows)[] Systems =
    [
        ("cloudflare", Cloudflare.CloudflareConformance.Run),
        ("kubernetes", Kubernetes.KubernetesConformance.Rows),
        ("tailscale", Tailscale.TailscaleConformance.Rows),
        ("teleport", Teleport.TeleportConformance.Rows),
    ];

    private static readonly Lazy<ConformanceRow[]> Rows = new(() => [.. Systems.SelectMany(s => s.Rows()).OrderBy(r => r.File, StringComparer.Ordinal).ThenBy(r => r.What, StringComparer.Ordinal)]);

    [Fact]
    public void Every_case_is_answered_as_the_real_system_answered_or_is_skipped_by_name()
    {
        var failures = Rows.Value.SelectMany(row => row.Failed.Take(20).Select(failure => $"{row.File} ({row.What}): {failure}")).ToArray();
        Assert.True(failures.Length == 0, string.Join('\n', failures));
        Assert.All(Rows.Value, row => Assert.True(row.Passed > 0, $"{row.File} ({row.What}) passed no case"));
    }

    [Fact]
    public void The_documented_table_is_the_outcome()
    {
        var path = Path.Combine(OracleData.RepositoryRoot, "docs", "conformance.md");
        var text = Document(Rows.Value);
        if (Environment.GetEnvironmentVariable("POLICYC_UPDATE") == "1")
        {
            File.WriteAllText(path, text);
        }

        Assert.Equal(text, File.ReadAllText(path).ReplaceLineEndings("\n"));
    }

    private static string Document(IEnumerable<ConformanceRow> rows)
    {
        var text = new StringBuilder()
            .Append("# Conformance of the readers\n\n")
            .Append("policyc reads its own outputs back, and files that others wrote, with models of the real systems. Each model is held to recordings of what the real system answered (tests/Oracle). ")
            .Append("This table is written by `POLICYC_UPDATE=1 dotnet test tests/PolicyLang.Conformance`.\n\n")
            .Append("| recording | compared | passed | failed | skipped |\n|---|---|---:|---:|---|\n");
        foreach (var row in rows)
        {
            var skipped = row.Skipped.IsEmpty ? "0" : string.Join("; ", row.Skipped.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Value}: {s.Key}")));
            text.Append(CultureInfo.InvariantCulture, $"| `{row.File}` | {row.What} | {row.Passed} | {row.Failed.Length} | {skipped} |\n");
        }

        return text.ToString();
    }
}
