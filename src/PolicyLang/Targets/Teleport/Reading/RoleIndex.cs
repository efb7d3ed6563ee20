using PolicyLang.Reading;

namespace PolicyLang.Targets.Teleport.Reading;

/// <summary>A grant and whether it selects an endpoint.</summary>
internal readonly record struct RoleMatch(RoleGrant Grant, Truth Truth);

/// <summary>Finds the roles that select an endpoint. Most ask for one label, so that they are found by it; the others are tried one by one.</summary>
internal sealed class RoleIndex
{
    private readonly TeleportRules _rules;
    private readonly Dictionary<string, Dictionary<string, List<RoleGrant>>> _byLabel = new(StringComparer.Ordinal);
    private readonly List<RoleGrant> _others = [];

    public RoleIndex(TeleportRules rules, List<RoleGrant> grants)
    {
        _rules = rules;
        foreach (var grant in grants)
        {
            if (!rules.HasOneCluster && !grant.Role.Allow.HasExpression && grant.Labels.Literal is { } literal)
            {
                if (!_byLabel.TryGetValue(literal.Key, out var values))
                {
                    _byLabel.Add(literal.Key, values = new(StringComparer.Ordinal));
                }

                if (!values.TryGetValue(literal.Value, out var list))
                {
                    values.Add(literal.Value, list = []);
                }

                list.Add(grant);
            }
            else if (rules.HasOneCluster || !grant.Labels.IsEmpty || grant.Role.Allow.HasExpression)
            {
                _others.Add(grant);
            }
        }
    }

    /// <summary>The grants that select an endpoint, or may.</summary>
    public List<RoleMatch> Find(TeleportEndpoint endpoint)
    {
        var matches = new List<RoleMatch>();
        foreach (var (key, values) in _byLabel)
        {
            if (endpoint.Labels.TryGetValue(key, out var value))
            {
                if (values.TryGetValue(value, out var grants))
                {
                    matches.AddRange(grants.Select(g => new RoleMatch(g, Truth.True)));
                }
            }
            else if (endpoint.OtherLabelsUnknown)
            {
                matches.AddRange(values.Values.SelectMany(v => v).Select(g => new RoleMatch(g, Truth.Unknown)));
            }
        }

        foreach (var grant in _others)
        {
            var truth = Match(grant, endpoint);
            if (truth != Truth.False)
            {
                matches.Add(new RoleMatch(grant, truth));
            }
        }

        return matches;
    }

    /// <summary>Whether what a grant denies holds at an endpoint: for the whole cluster, or for the names that it lists.</summary>
    public static (Truth Cluster, Truth Names) MatchDenial(RoleGrant grant, TeleportEndpoint endpoint)
    {
        var labels = grant.DenyLabels.Match(endpoint.Labels, endpoint.OtherLabelsUnknown);
        var hasExpression = grant.Role.Deny.HasExpression;
        var cluster = hasExpression ? labels.Or(Truth.Unknown) : labels;

        // Names that are denied without labels are denied everywhere (Teleport, `kubernetesClusterLabelMatcher`).
        return (cluster, grant.DenyLabels.IsEmpty && !hasExpression ? Truth.True : cluster);
    }

    private Truth Match(RoleGrant grant, TeleportEndpoint endpoint)
    {
        if (_rules.HasOneCluster)
        {
            return Truth.True;
        }

        var labels = grant.Labels.Match(endpoint.Labels, endpoint.OtherLabelsUnknown);
        return !grant.Role.Allow.HasExpression ? labels : grant.Labels.IsEmpty ? Truth.Unknown : labels.And(Truth.Unknown);
    }
}
