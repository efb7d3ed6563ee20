using System.Collections.Immutable;
using PolicyLang.Reading;

namespace PolicyLang.Targets.Tailscale.Reading;

/// <summary>Takes what decides at an endpoint apart: one statement for each source of each rule, and one for each owner of a tag that gets through.</summary>
internal sealed class EndpointStatements(TailnetFile file, Selectors selectors, SourceFormulas formulas, DestinationIndex index)
{
    // Who administers the tailnet can write any policy file.
    private static readonly HashSet<string> Administrators = new(["autogroup:admin", "autogroup:owner", "autogroup:it-admin", "autogroup:network-admin"], StringComparer.Ordinal);

    private static readonly Comparer<ReadingProblem> PlaceOrder = Comparer<ReadingProblem>.Create(static (a, b) => ArtefactPlace.Compare(a.Place, b.Place));

    /// <summary>The statements at an endpoint.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="identities">All that is asserted there.</param>
    public ReadStatements At(TailnetEndpoint endpoint, ImmutableArray<ReadIdentity> identities)
    {
        var openings = ImmutableArray.CreateBuilder<ReadOpening>();
        var assertions = ImmutableArray.CreateBuilder<ReadAssertion>();
        if (file.IsUnclear || !file.HasRules)
        {
            var place = file.IsUnclear && file.Problems.Count > 0 ? file.Problems.Min(PlaceOrder)!.Place : file.Text.Whole;
            openings.Add(new ReadOpening("", file.IsUnclear ? Formula.Undecided : Formula.Always, place, place));
        }

        // Whether somebody is served depends on all statements together, so it is taken from the whole.
        var served = identities.IsEmpty ? Formula.Always : ServedOf(identities[0].Who);
        foreach (var rule in index.RulesFor(endpoint))
        {
            AddOpenings(rule.Rule, index.Opens(rule.Rule, endpoint), TargetOf(rule.Rule, endpoint), openings);
            if (rule.Kubernetes is { Groups.IsEmpty: false } kubernetes && index.Grants(rule.Rule, endpoint) is var truth and not Truth.False)
            {
                var target = file.Text.Place(CapabilityOf(rule.Rule));
                foreach (var source in rule.Rule.Sources)
                {
                    Assert(source, formulas.Of(rule.Rule, source.Text), "");
                    foreach (var owner in OwnersOf(source.Text))
                    {
                        Assert(owner, formulas.Of(owner.Text), ByTag(source.Text));
                    }
                }

                void Assert(TextAt name, Formula formula, string by)
                {
                    var who = Decided(formula, truth);
                    who = ReferenceEquals(served, Formula.Always) ? who : new AllFormula([who, served]);
                    assertions.Add(new ReadAssertion(name.Text, new ReadIdentity(who, null, kubernetes.Groups, file.Text.Place(name.Offset)), target, by));
                }
            }
        }

        return new ReadStatements(openings.DrainToImmutable(), assertions.DrainToImmutable(), [.. identities.Where(identity => identity.Place.Line == 0)]);
    }

    private void AddOpenings(AccessRule rule, Truth truth, ArtefactPlace target, ImmutableArray<ReadOpening>.Builder openings)
    {
        if (truth == Truth.False)
        {
            return;
        }

        if (rule.IsUnclear && rule.Sources.IsEmpty)
        {
            openings.Add(new ReadOpening("", Formula.Undecided, file.Text.Place(rule.Offset), target));
        }

        foreach (var source in rule.Sources)
        {
            openings.Add(new ReadOpening(source.Text, Decided(formulas.Of(rule, source.Text), truth), file.Text.Place(source.Offset), target));
            foreach (var owner in OwnersOf(source.Text))
            {
                openings.Add(new ReadOpening(owner.Text, Decided(formulas.Of(owner.Text), truth), file.Text.Place(owner.Offset), target, ByTag(source.Text)));
            }
        }
    }

    // Owners may give devices the tag, and come by them.
    private IEnumerable<TextAt> OwnersOf(string source)
        => selectors[source].Kind == SelectorKind.Tag && file.TagOwners.TryGetValue(source, out var tag) ? tag.Items.Where(owner => !Administrators.Contains(owner.Text)) : [];

    private static string ByTag(string tag) => $"with a device that they give `{tag}`";

    private static Formula Decided(Formula who, Truth truth) => truth == Truth.True ? who : who.And(Formula.Undecided);

    // The first identity is everybody's own name: a person who is served.
    private static Formula ServedOf(Formula person) => person is AllFormula { Parts: [_, var served] } ? served : Formula.Always;

    private ArtefactPlace TargetOf(AccessRule rule, TailnetEndpoint endpoint)
    {
        foreach (var destination in rule.Destinations)
        {
            if (index.Opens(rule with { Destinations = [destination] }, endpoint) != Truth.False)
            {
                return file.Text.Place(destination.Offset);
            }
        }

        return file.Text.Place(rule.Offset);
    }

    private static int CapabilityOf(AccessRule rule)
    {
        foreach (var capability in rule.Capabilities)
        {
            if (string.Equals(capability.Name, KubernetesCapability.Name, StringComparison.Ordinal))
            {
                return capability.Offset;
            }
        }

        return rule.Offset;
    }
}
