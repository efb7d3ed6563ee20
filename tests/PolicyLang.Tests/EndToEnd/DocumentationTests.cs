using PolicyLang.Diagnostics;
using PolicyLang.Tests.Syntax;
using Xunit;

namespace PolicyLang.Tests.EndToEnd;

/// <summary>Every policy that the documentation shows compiles, beside a company that declares what it speaks of.</summary>
public sealed class DocumentationTests
{
    private const string Company = """
        default via tailscale
        cluster prod { labels { env = "prod"     region = "tokyo" }  tailscale { tag = "tag:prod" } cloudflare { addresses = ["198.51.100.1"] } }
        cluster stg  { labels { env = "staging"  region = "osaka" }  tailscale { tag = "tag:stg" } }
        cluster dev  { labels { env = "dev"      region = "osaka" }  tailscale { tag = "tag:dev" } }
        fleet production = clusters where env = "prod"
        group sre         { members = [erin@acme.com]  github = "acme/sre"  okta = "SRE" }
        group payments    { tailscale = "group:payments@acme.com"  okta = "Payments"  github = "acme/payments" }
        group contractors { okta = "Contractors"  github = "acme/contractors" }
        posture managed   { tailscale = "node:os == 'linux'" }
        role view   = clusterrole "view"
        role oncall { include view  can exec pods }

        """;

    private static readonly (string Path, string Text)[] Inventories =
    [
        ("inventory/clusters.yaml", "- name: row\n  labels: { env: prod, region: tokyo }\n"),
        ("inventory/namespaces.yaml", "- name: payments\n- name: checkout\n"),
    ];

    private static string Root => Path.GetFullPath(Path.Combine(SampleFiles.Folder, "..", "..", ".."));

    public static TheoryData<string> Pages => [.. Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories).Append(Path.Combine(Root, "README.md")).Select(p => Path.GetRelativePath(Root, p)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_policy_block_compiles(string page)
    {
        foreach (var block in Blocks(File.ReadAllText(Path.Combine(Root, page))))
        {
            // A block that declares its own cluster and role is a policy by itself; any other speaks of the company.
            var standsAlone = block.Contains("\nallow ", StringComparison.Ordinal) && block.Contains("\nrole ", StringComparison.Ordinal);
            var errors = WholeProject.Compile(standsAlone ? block : Company + block, null, Inventories).Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error);
            Assert.True(!errors.Any(), $"{page}: {string.Join("; ", errors.Select(e => $"{e.Code} {e.Location} {e.Message}"))}\n{block}");
        }
    }

    [Fact]
    public void The_language_page_shows_policies() => Assert.True(Blocks(File.ReadAllText(Path.Combine(Root, "docs", "language.md"))).Count() >= 7);

    private static IEnumerable<string> Blocks(string page)
    {
        const string Fence = "```policy\n";
        for (var start = page.IndexOf(Fence, StringComparison.Ordinal); start >= 0; start = page.IndexOf(Fence, start, StringComparison.Ordinal))
        {
            start += Fence.Length;
            var end = page.IndexOf("```", start, StringComparison.Ordinal);
            yield return "\n" + page[start..end];
        }
    }
}
