using System.Collections.Immutable;
using PolicyLang.Diagnostics;
using PolicyLang.Targets.Kubernetes.Reading;

namespace PolicyLang.Linting.Artefacts.Kubernetes;

/// <summary>
/// What a binding gives to people that leads further than it seems: its strongest such right. Rights of ServiceAccounts are their operators' own
/// business, and those of everybody and of nobody in particular have rules of their own.
/// </summary>
/// <param name="Binding">The binding.</param>
/// <param name="People">The subjects that are people.</param>
/// <param name="Strongest">The strongest right.</param>
/// <param name="Others">Further ones.</param>
internal sealed record BindingRisk(KubernetesBinding Binding, ImmutableArray<KubernetesSubject> People, RightRisk Strongest, ImmutableArray<RightRisk> Others)
{
    // Whoever controls its ServiceAccounts controls the cluster.
    private const string SystemNamespace = "kube-system";

    /// <summary>Whether it is one of the roles that Kubernetes has for people, with all their rights in every namespace.</summary>
    public bool IsBroadEdit => Binding.RoleKind is { Text: RbacWords.ClusterRole } && Binding.RoleName is { Text: "edit" or "admin" };

    /// <summary>Where the strongest right holds, as the end of a sentence; empty where it is about no namespace.</summary>
    public string Where => !Binding.IsClusterWide ? $"{(Strongest.Kind == RiskKind.Impersonation ? " who is a ServiceAccount" : "")} in `{Binding.Namespace}`"
        : Strongest.Kind is RiskKind.RbacWrite or RiskKind.SecretRead or RiskKind.Exec or RiskKind.WorkloadWrite or RiskKind.TrafficSteering or RiskKind.TokenMinting ? " in every namespace"
        : "";

    /// <summary>Whether nobody wrote the right down, since a wildcard holds it. Everything, and to read everything, are what a wildcard says.</summary>
    public bool IsByWildcard => Strongest.Kind is not (RiskKind.Everything or RiskKind.ReadEverything) && (Strongest.Given.Rights.Resources.Contains("*", StringComparer.Ordinal) || Strongest.Given.Rights.Verbs.Contains("*", StringComparer.Ordinal));

    /// <summary>Who gets it.</summary>
    public string Who => People.Length switch
    {
        1 => $"`{People[0].Name}`",
        2 => $"`{People[0].Name}` and `{People[1].Name}`",
        var count => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"`{People[0].Name}` and {count - 1} more"),
    };

    /// <summary>The rules that give it.</summary>
    public ImmutableArray<RelatedLocation> Related
    {
        get
        {
            var places = new List<(SourceLocation Location, List<string> Phrases)>();
            foreach (var risk in Others.Insert(0, Strongest))
            {
                if (risk.Place is not { } place)
                {
                    continue;
                }

                var known = places.Find(p => p.Location == place.Location);
                if (known.Phrases is null)
                {
                    places.Add((place.Location, [risk.Phrase]));
                }
                else
                {
                    known.Phrases.Add(risk.Phrase);
                }
            }

            return [.. places.Take(4).Select(place => new RelatedLocation(place.Location, "this lets them " + string.Join(", ", place.Phrases)))];
        }
    }

    /// <summary>The risk of a binding; nothing where it has none or its role is not known.</summary>
    public static BindingRisk? Of(KubernetesObjects objects, KubernetesBinding binding)
    {
        if (binding.IsKubernetesOwn || binding.RoleName is null || !(binding.IsClusterWide || binding.Namespace == SystemNamespace))
        {
            return null;
        }

        ImmutableArray<KubernetesSubject> people = [.. binding.Subjects.Where(subject => subject.Sort == SubjectSort.People).DistinctBy(subject => (subject.Kind, subject.Name))];
        if (people.IsEmpty || IsOfComponents(binding, people) || objects.ReachOf(binding) is not { } reach)
        {
            return null;
        }

        var risks = binding.IsClusterWide ? reach.Risks : [.. reach.Risks.Where(risk => IsOfNamespace(risk))];
        return risks.IsEmpty ? null : new BindingRisk(binding, people, risks[0], risks[1..]);
    }

    // Kubernetes has these roles for its own components, and users that get one by name are components with certificates: the API server's client of the kubelets, a kubelet.
    private static bool IsOfComponents(KubernetesBinding binding, ImmutableArray<KubernetesSubject> people)
        => binding.RoleName!.Text.StartsWith("system:", StringComparison.Ordinal) && people.All(subject => subject.Kind == RbacWords.UserSubject);

    private static bool IsOfNamespace(RightRisk risk) => risk.Kind switch
    {
        RiskKind.NodesProxy or RiskKind.AdmissionWrite or RiskKind.CertificateApproval or RiskKind.TrafficSteering => false,
        RiskKind.Impersonation => RightRisks.Gives(risk.Given.Rights, "", "serviceaccounts", "impersonate"),
        _ => true,
    };
}
