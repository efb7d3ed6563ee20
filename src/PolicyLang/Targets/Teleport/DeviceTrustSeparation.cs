using PolicyLang.Access;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics;

namespace PolicyLang.Targets.Teleport;

/// <summary>
/// Teleport asks for a trusted device on a cluster as soon as any of a person's roles for that cluster demands one. Rules with and
/// without the demand can therefore stand side by side only for people who never share a member.
/// </summary>
internal sealed class DeviceTrustSeparation(AccessPath path, SubjectOverlaps overlaps, DiagnosticBag diagnostics)
{
    private readonly List<IdentityLink> _demanding = [];
    private readonly List<IdentityLink> _plain = [];
    private readonly Dictionary<string, IdentityLink> _plainBySubject = new(StringComparer.Ordinal);
    private readonly HashSet<(string Demanding, string Condition, string Plain)> _reported = [];

    /// <summary>Adds a link of the cluster that is being looked at.</summary>
    public void Add(IdentityLink link, bool demandsDevice)
    {
        if (demandsDevice)
        {
            _demanding.Add(link);
            return;
        }

        _plain.Add(link);
        _plainBySubject.TryAdd(link.Subject.Name, link);
    }

    /// <summary>Ends a cluster: reports the links that cannot be told apart.</summary>
    public void CheckCluster(Cluster cluster)
    {
        if (_plain.Count > 0)
        {
            foreach (var demanding in _demanding)
            {
                if (FirstOverlap(demanding) is { } plain)
                {
                    Report(cluster, demanding, plain);
                }
            }
        }

        _demanding.Clear();
        _plain.Clear();
        _plainBySubject.Clear();
    }

    private IdentityLink? FirstOverlap(IdentityLink demanding)
        => _plainBySubject.GetValueOrDefault(demanding.Subject.Name) ?? _plain.Find(plain => overlaps.MayShareMember(plain.Subject, demanding.Subject));

    // The same two subjects on many clusters are one mistake.
    private void Report(Cluster cluster, IdentityLink demanding, IdentityLink plain)
    {
        if (!_reported.Add((demanding.Subject.Name, demanding.Condition.Key, plain.Subject.Name)))
        {
            return;
        }

        var isSame = demanding.Subject == plain.Subject;
        var who = isSame ? $"somebody in `{plain.Subject.Name}`" : $"somebody in both `{demanding.Subject.Name}` and `{plain.Subject.Name}`";
        var related = plain.Rules.IsEmpty ? plain.Subject.Location : plain.Rules[0].Location;
        diagnostics.Report(
            TeleportDiagnostics.ConditionCannotSeparate,
            demanding.Rules.IsEmpty ? demanding.Subject.Location : demanding.Rules[0].Location,
            $"{who} would be asked for a trusted device on cluster `{cluster.Name}` also where the policy asks for none: on path `{path.Name}` the strictest of a person's roles decides for the whole cluster",
            isSame
                ? $"give `{plain.Subject.Name}` both under the same condition, or one of them via another path"
                : $"if nobody is in both, say `assume disjoint {demanding.Subject.Name}, {plain.Subject.Name}`; otherwise give both the same condition or another path",
            new RelatedLocation(related, "this rule asks for no device"));
    }
}
