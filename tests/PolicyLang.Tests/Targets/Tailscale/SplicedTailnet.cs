using System.Text;
using PolicyLang.Diagnostics;
using PolicyLang.Tests.EndToEnd;
using Xunit;

namespace PolicyLang.Tests.Targets.Tailscale;

/// <summary>A project with one tailnet and a hand-written policy file, compiled whole.</summary>
internal static class SplicedTailnet
{
    public const string Begin = "// policyc: begin";
    public const string End = "// policyc: end";

    public const string ProjectFile = """
        language: 1
        paths:
          tailscale: { kind: tailscale, base: tailnet.hujson }

        """;

    public const string Policy = """
        cluster prod { tailscale { tag = "tag:k8s-prod" } }
        cluster stg  { tailscale { tag = "tag:k8s-stg" } }
        group sre { members = [alice@acme.com, bob@acme.com] }
        machine deployer { tailscale = "tag:ci" }
        role view  = clusterrole "view"
        role admin = clusterrole "cluster-admin"
        allow sre      as admin on all clusters cluster-wide
        allow deployer as view  on prod cluster-wide
        """;

    public static Compilation Compile(string file, string policy = Policy, string projectFile = ProjectFile)
        => WholeProject.Compile(policy, projectFile, ("tailnet.hujson", file));

    /// <summary>The findings, but for notes, as <c>code [text]</c>.</summary>
    public static string[] Findings(string file, string policy = Policy, string projectFile = ProjectFile)
        => [.. Compile(file, policy, projectFile).Diagnostics.Where(d => d.Severity != DiagnosticSeverity.Info).Select(d => $"{d.Code} [{d.Location?.Text}]")];

    /// <summary>The policy file that comes out.</summary>
    public static string Splice(string file, string policy = Policy, string projectFile = ProjectFile)
    {
        var compilation = Compile(file, policy, projectFile);
        Assert.True(!compilation.HasErrors, string.Join('\n', compilation.Diagnostics.Select(d => $"{d.Code} {d.Location}: {d.Message}")) + "\n" + file);
        return new UTF8Encoding(false, true).GetString(Assert.Single(compilation.Outputs["tailscale"]).Content.Span);
    }

    /// <summary>The text without the marked blocks: what stands between the marks, with the lines of the marks, or with what the first of them has before it on a line that the base opens.</summary>
    public static string WithoutBlocks(string text)
    {
        while (text.IndexOf(Begin, StringComparison.Ordinal) is var begin and >= 0)
        {
            var lineStart = text.LastIndexOf('\n', begin) + 1;
            var endMark = text.IndexOf(End, begin, StringComparison.Ordinal);
            var end = text.IndexOf('\n', endMark) + 1;
            var before = text[lineStart..begin];
            if (before.Trim(' ', '\t').Length == 0)
            {
                text = text.Remove(lineStart, end - lineStart);
                continue;
            }

            var endLine = text.LastIndexOf('\n', endMark) + 1;
            var indent = endMark - endLine;
            Assert.Equal(' ', text[begin - 1]);
            Assert.Equal(text[endLine..endMark], text.Substring(end, indent));
            text = text.Remove(begin - 1, end + indent - (begin - 1));
        }

        return text;
    }
}
