using System.Text;
using PolicyLang.Semantics;

namespace PolicyLang.Targets.Teleport;

/// <summary>A GitHub team as a connector names it.</summary>
/// <param name="Organization">The organization's login, in the spelling GitHub shows.</param>
/// <param name="Team">The team's slug.</param>
internal sealed record GitHubTeam(string Organization, string Team);

/// <summary>A label that an agent carries.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">The value.</param>
internal sealed record AgentLabel(string Key, string Value);

/// <summary>The names that the Teleport outputs use, and the texts that users give for them.</summary>
internal static class TeleportNames
{
    /// <summary>The prefix of the Teleport user that stands for a bot (Teleport documentation, machine and workload identity).</summary>
    public const string BotUserPrefix = "bot-";

    private const int LongestGitHubLogin = 39;
    private const int LongestName = 253;

    /// <summary>
    /// The name of the role for a link: <c>policyc.&lt;cluster&gt;.&lt;subject&gt;</c>, then <c>.when.&lt;posture&gt;…</c>. Declared names hold no dot, so
    /// different links have different names; and the name is a DNS subdomain, as a custom resource needs.
    /// </summary>
    public static string Role(Cluster cluster, Subject subject, Condition condition)
    {
        var name = new StringBuilder("policyc.").Append(cluster.Name).Append('.').Append(subject.Name);
        if (!condition.IsAlways)
        {
            name.Append(".when");
            foreach (var posture in condition.Postures)
            {
                name.Append('.').Append(posture.Name);
            }
        }

        return name.ToString();
    }

    /// <summary>The only Kubernetes user name that roles of a path give.</summary>
    public static string KubernetesUser(AccessPath path) => "policyc:" + path.Name;

    /// <summary>Reads <c>organization/team-slug</c>; otherwise says what is wrong with it.</summary>
    public static GitHubTeam? ParseTeam(string text, out string problem)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var (organization, team) = slash < 0 ? (text, "") : (text[..slash], text[(slash + 1)..]);
        problem = text switch
        {
            _ when slash < 0 || team.Length == 0 || organization.Length == 0 || team.Contains('/', StringComparison.Ordinal) => "it is not of the form `organization/team`",
            _ when text.Contains('*', StringComparison.Ordinal) => "Teleport has no wildcard here: `*` is a team of that name, which matches nobody",
            _ when !IsLogin(organization) => $"`{organization}` is no GitHub organization login",
            _ when !IsSlug(team) => $"`{team}` is no team slug: Teleport compares the slug, which is lower case without spaces, and never the display name",
            _ => "",
        };
        return problem.Length == 0 ? new GitHubTeam(organization, team) : null;
    }

    /// <summary>Reads <c>key=value</c>, both literal: no glob, no regular expression, no template can be written with the accepted characters.</summary>
    public static AgentLabel? ParseLabel(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0)
        {
            return null;
        }

        var label = new AgentLabel(text[..equals], text[(equals + 1)..]);
        return IsDelimited(label.Key, "-_./") && IsDelimited(label.Value, "-_.") ? label : null;
    }

    /// <summary>Whether a text is a DNS subdomain (RFC 1123), as names of Kubernetes objects are.</summary>
    public static bool IsDnsSubdomain(string text)
        => text.Length is > 0 and <= LongestName && text.Split('.').All(IsDnsLabel);

    /// <summary>Whether a text is a DNS label (RFC 1123), as namespaces are.</summary>
    public static bool IsDnsLabel(string text)
        => text.Length is > 0 and <= 63 && text[0] != '-' && text[^1] != '-' && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    /// <summary>Whether a text is made of letters and digits with some other characters between them.</summary>
    public static bool IsDelimited(string text, string between)
        => text.Length is > 0 and <= LongestName && char.IsAsciiLetterOrDigit(text[0]) && char.IsAsciiLetterOrDigit(text[^1])
            && text.All(c => char.IsAsciiLetterOrDigit(c) || between.Contains(c, StringComparison.Ordinal));

    /// <summary>The bot's name behind its Teleport user name, or nothing when that is no bot's.</summary>
    public static string? BotName(string userName)
        => userName.StartsWith(BotUserPrefix, StringComparison.Ordinal) && IsDelimited(userName[BotUserPrefix.Length..], "-_.") ? userName[BotUserPrefix.Length..] : null;

    // A login that starts with a hyphen cannot exist; the row that matches nobody relies on that.
    private static bool IsLogin(string text)
        => text.Length <= LongestGitHubLogin && text[0] != '-' && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    private static bool IsSlug(string text) => text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_');
}
