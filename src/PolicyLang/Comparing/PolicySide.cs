using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics;
using PolicyLang.Syntax;

namespace PolicyLang.Comparing;

/// <summary>One of two policies, with what is looked up in it again and again. Files are parsed only when a cause must be found.</summary>
internal sealed class PolicySide
{
    private readonly Lazy<ImmutableArray<StatementSyntax>> _statements;
    private readonly Lazy<Dictionary<(string Path, int Start), AllowSyntax>> _allows;
    private readonly Dictionary<AllowRule, BoundAllow> _rules;

    public PolicySide(ComparedPolicy policy, CancellationToken cancellation)
    {
        Policy = policy.Policy;
        Access = policy.Access;
        Compared = policy;
        Principals = new ComparedPrincipals(policy.Settings.IdentityProviders);
        Clusters = policy.Access.Clusters.ToDictionary(c => c.Cluster.Name, StringComparer.Ordinal);
        _rules = policy.Policy.Allows.ToDictionary<BoundAllow, AllowRule>(a => a.Rule, ReferenceEqualityComparer.Instance);
        _statements = new(() => [.. policy.Sources.SelectMany(s => SyntaxTree.Parse(s, cancellation).Statements)]);
        _allows = new(() => _statements.Value.OfType<AllowSyntax>().ToDictionary(a => (a.Head.Source.Path, a.Head.Span.Start)));
    }

    public ComparedPolicy Compared { get; }

    public PolicyModel Policy { get; }

    public AccessModel Access { get; }

    public ComparedPrincipals Principals { get; }

    public Dictionary<string, ClusterAccess> Clusters { get; }

    public BoundAllow BoundOf(AllowRule rule) => _rules[rule];

    /// <summary>A rule as it is written.</summary>
    public AllowSyntax? SyntaxOf(BoundAllow allow) => _allows.Value.GetValueOrDefault((allow.Rule.Location.Source.Path, allow.Rule.Location.Span.Start));

    public FleetSyntax? FleetOf(string name) => _statements.Value.OfType<FleetSyntax>().FirstOrDefault(f => f.Name.Text == name);

    public RoleSyntax? RoleOf(string name) => _statements.Value.OfType<RoleSyntax>().FirstOrDefault(f => f.Name.Text == name);

    public DefaultViaSyntax? DefaultVia() => _statements.Value.OfType<DefaultViaSyntax>().FirstOrDefault();

    /// <summary>The ways by which a rule lets people come to a cluster.</summary>
    public static IEnumerable<AccessWay> WaysOf(Cluster cluster, AccessPath path)
        => path.Kind.Carries == PathCarries.Identity ? [new AccessWay(path, null)] : cluster.Authenticators.Select(a => new AccessWay(path, a));
}

/// <summary>The old and the new policy, and which of them is looked at for what it gives beyond the other.</summary>
/// <param name="Old">The old policy.</param>
/// <param name="New">The new policy.</param>
/// <param name="IsGain">Whether the new one is looked at.</param>
internal sealed record SidePair(PolicySide Old, PolicySide New, bool IsGain)
{
    /// <summary>The policy that gives more.</summary>
    public PolicySide More => IsGain ? New : Old;

    /// <summary>The policy that gives less.</summary>
    public PolicySide Less => IsGain ? Old : New;

    /// <summary>Puts what was found on the two sides in the order of time.</summary>
    public (T? Old, T? New) InOrder<T>(T? less, T? more) => IsGain ? (less, more) : (more, less);
}

/// <summary>Text as it is compared: comments, line breaks and spaces do not matter.</summary>
internal static class PlainText
{
    public static string Of(SourceLocation location)
    {
        var text = location.Text;
        var plain = new System.Text.StringBuilder(text.Length);
        var (isQuoted, isComment) = (false, false);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (isComment)
            {
                isComment = c is not ('\n' or '\r');
                continue;
            }

            if (isQuoted)
            {
                plain.Append(c);
                if (c == '\\' && i + 1 < text.Length)
                {
                    plain.Append(text[++i]);
                }

                isQuoted = c != '"';
                continue;
            }

            if (c == '#')
            {
                isComment = true;
            }
            else if (!char.IsWhiteSpace(c))
            {
                isQuoted = c == '"';
                plain.Append(c);
            }

            if ((char.IsWhiteSpace(c) || c == '#') && plain.Length > 0 && plain[^1] != ' ')
            {
                plain.Append(' ');
            }
        }

        return plain.ToString().TrimEnd().Replace(" ,", ",", StringComparison.Ordinal);
    }
}
