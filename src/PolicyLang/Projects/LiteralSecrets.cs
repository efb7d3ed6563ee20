using PolicyLang.Data;
using PolicyLang.Diagnostics;

namespace PolicyLang.Projects;

/// <summary>Finds secrets that are written out. A reference (<c>secret://…</c>, <c>${…}</c>) is fine; the secret itself never is.</summary>
public static class LiteralSecrets
{
    // The ends of key names, without dashes and underscores.
    private static readonly string[] KeyEndings =
    [
        "secret", "secrets", "token", "tokens", "password", "passwords", "passwd", "passphrase", "apikey", "apikeys", "privatekey", "accesskey", "secretkey", "authkey",
        "credential", "credentials",
    ];

    // What the credentials of common systems begin with, as their documentation states: Tailscale, GitHub, Slack, PEM.
    private static readonly string[] ValuePrefixes = ["tskey-", "ghp_", "gho_", "ghs_", "ghu_", "ghr_", "github_pat_", "xoxb-", "xoxp-", "-----BEGIN "];

    /// <summary>Reports each secret that stands in the data. The report never holds the secret.</summary>
    /// <param name="node">The data; nested no deeper than <see cref="YamlDataReader"/> reads.</param>
    /// <param name="diagnostics">Receives the findings.</param>
    public static void Check(DataNode node, DiagnosticBag diagnostics) => Check(node, null, diagnostics);

    private static void Check(DataNode node, string? secretKey, DiagnosticBag diagnostics)
    {
        switch (node)
        {
            case DataMap map:
                foreach (var entry in map.Entries)
                {
                    Check(entry.Value, secretKey ?? (IsSecretKey(entry.Key) ? entry.Key : null), diagnostics);
                }

                break;
            case DataList list:
                foreach (var item in list.Items)
                {
                    Check(item, secretKey, diagnostics);
                }

                break;
            case DataScalar scalar when secretKey is not null && !IsReference(scalar) && !IsFlag(scalar):
                diagnostics.Report(ProjectDiagnostics.LiteralSecret, scalar.Location, $"the secret `{secretKey}` is written out", "put it where secrets are kept, and write a reference here: `secret://…` or `${…}`");
                break;
            case DataScalar scalar when secretKey is null && Array.Exists(ValuePrefixes, p => scalar.Text.StartsWith(p, StringComparison.Ordinal)):
                diagnostics.Report(ProjectDiagnostics.LiteralSecret, scalar.Location, "this value looks like a credential", "revoke it, and write a reference here: `secret://…` or `${…}`");
                break;
        }
    }

    private static bool IsSecretKey(string key)
    {
        var plain = key.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        return Array.Exists(KeyEndings, ending => plain.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsReference(DataScalar scalar)
        => (scalar.Text.StartsWith("secret://", StringComparison.Ordinal) && scalar.Text.Length > "secret://".Length)
            || (scalar.Text.StartsWith("${", StringComparison.Ordinal) && scalar.Text.IndexOf('}', StringComparison.Ordinal) == scalar.Text.Length - 1);

    private static bool IsFlag(DataScalar scalar) => !scalar.IsQuoted && scalar.Text is "true" or "false" or "";
}
