using System.Globalization;
using System.Text;
using PolicyLang.Semantics;

namespace PolicyLang.Targets.Cloudflare;

/// <summary>The names of the objects in the account. They begin with <c>policyc/</c>, which marks them as policyc's, and no two are the same.</summary>
internal static class GatewayNames
{
    /// <summary>The name of an allow rule.</summary>
    public static string Allow(Cluster cluster, Subject subject, Condition condition)
        => $"policyc/{cluster.Name}/allow/{Escape(subject.Name)}" + (condition.IsAlways ? "" : $"/when-{condition.Key}");

    /// <summary>The name of a block rule.</summary>
    public static string Block(Cluster cluster) => $"policyc/{cluster.Name}/block";

    /// <summary>The name of a Do Not Inspect rule.</summary>
    public static string NoInspect(Cluster cluster) => $"policyc/{cluster.Name}/no-inspect";

    /// <summary>The name of a list of addresses.</summary>
    public static string List(Cluster cluster) => $"policyc/{cluster.Name}";

    // An e-mail may hold a slash, which would make another rule's name out of it.
    private static string Escape(string name)
    {
        if (name.All(IsPlain))
        {
            return name;
        }

        var escaped = new StringBuilder(name.Length * 2);
        foreach (var unit in Encoding.UTF8.GetBytes(name))
        {
            if (IsPlain((char)unit))
            {
                escaped.Append((char)unit);
            }
            else
            {
                escaped.Append('%').Append(unit.ToString("x2", CultureInfo.InvariantCulture));
            }
        }

        return escaped.ToString();
    }

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '@' or '+' or '_';
}
