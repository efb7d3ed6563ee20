using PolicyLang.Access;
using PolicyLang.Diagnostics;

namespace PolicyLang.Targets.Teleport;

/// <summary>
/// Servers without the fix of 8.1.3 give the groups of all of a user's roles in every cluster. Names with a cluster in them do no harm
/// elsewhere; a name that may mean something in several clusters does, unless the subject holds it in all of them.
/// </summary>
internal sealed class SharedGroups(TeleportInstance instance, DiagnosticBag diagnostics)
{
    private const string OwnedPrefix = "policyc:";

    private readonly Dictionary<(string Subject, string Group), (int Clusters, IdentityLink First)> _uses = [];
    private readonly bool _isSafe = instance.Capabilities.HeedsLabelsForGroups || instance.Capabilities.HasOneClusterEach;
    private int _clusterCount;

    /// <summary>Counts a cluster that the path leads to.</summary>
    public void AddCluster() => _clusterCount++;

    /// <summary>Adds a link. These servers know no condition, so a subject has one link in a cluster.</summary>
    public void Add(IdentityLink link)
    {
        if (_isSafe)
        {
            return;
        }

        foreach (var group in link.KubernetesGroups)
        {
            if (!group.StartsWith(OwnedPrefix, StringComparison.Ordinal))
            {
                var key = (link.Subject.Name, group);
                _uses[key] = _uses.TryGetValue(key, out var use) ? (use.Clusters + 1, use.First) : (1, link);
            }
        }
    }

    /// <summary>Reports the names that would reach further clusters.</summary>
    public void Check()
    {
        foreach (var ((subject, group), (clusters, first)) in _uses)
        {
            if (clusters < _clusterCount)
            {
                diagnostics.Report(
                    TeleportDiagnostics.SharedGroup,
                    first.Rules.IsEmpty ? first.Subject.Location : first.Rules[0].Location,
                    $"{instance.Capabilities} would give `{subject}` the Kubernetes group `{group}` on every cluster of path `{instance.Path.Name}` and not only on those of the policy",
                    "update servers and agents to 8.1.3 or newer, or remove the `kubernetes` setting so that each cluster has a group of its own");
            }
        }
    }
}
