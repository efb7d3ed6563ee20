using System.Collections.Immutable;
using PolicyLang.Reading;
using PolicyLang.Targets.Cloudflare.Reading.Expressions;

namespace PolicyLang.Targets.Cloudflare.Reading;

/// <summary>
/// Reads the Gateway rules of a Cloudflare account and says who gets a connection through. Network rules are asked in the order of their precedence and the
/// first that matches decides; what none matches passes (Cloudflare One documentation, "Order of enforcement"). The formulas speak of a caller's e-mail address, groups
/// and posture checks; a caller without identity fulfils no atom. What rules say of other things that a connection carries becomes an atom of kind
/// <see cref="AtomKind.Connection"/>, of which nothing is known, or stays undecided.
/// </summary>
public sealed class GatewayReading : IPathReading<GatewayEndpoint>
{
    private const int MostChoices = 1000;

    private readonly RuleIndex _ordered;
    private readonly RuleIndex _anywhere;
    private readonly RuleIndex _requests;
    private readonly bool _isIncomplete;
    private readonly ArtefactPlace _noRulePlace;

    private GatewayReading(ReadingLog log, ArtefactPlace noRulePlace)
    {
        var lists = new AccountLists([.. WithoutRepetitions(log)]);
        var (ordered, anywhere) = PrecedenceOrder.Sort(log.Rules, log.Problems);
        _ordered = new RuleIndex([.. ordered.Where(rule => rule is { IsEnabled: true, Layer: GatewayLayer.Network })], lists, log.MatchesEmailVariants);
        _anywhere = new RuleIndex([.. anywhere.Where(rule => rule is { IsEnabled: true, Layer: GatewayLayer.Network })], lists, log.MatchesEmailVariants);
        _requests = new RuleIndex([.. log.Rules.Where(rule => rule is { IsEnabled: true, Layer: GatewayLayer.Http })], lists, log.MatchesEmailVariants);
        _isIncomplete = log.IsIncomplete;
        _noRulePlace = noRulePlace;
        AddEffects(log, lists);
        Problems = [.. log.Problems.OrderBy(problem => problem.Place, Comparer<ArtefactPlace>.Create(ArtefactPlace.Compare))];
        OtherEffects = [.. log.Effects.OrderBy(effect => effect.Place, Comparer<ArtefactPlace>.Create(ArtefactPlace.Compare))];
    }

    /// <inheritdoc/>
    public ImmutableArray<ReadingProblem> Problems { get; }

    /// <inheritdoc/>
    /// <remarks>Network rules that allow or block and HTTP rules that keep inspection off are not among them: see <see cref="EffectsBeyond"/>.</remarks>
    public ImmutableArray<OtherEffect> OtherEffects { get; }

    /// <summary>
    /// Parts artefacts into those that describe an account each: the bodies of the API, and Terraform's files. Written from one policy, they say the same twice,
    /// so that reading them together would find every rule twice.
    /// </summary>
    public static ImmutableArray<ImmutableArray<Artefact>> Forms(IReadOnlyList<Artefact> files)
        => [.. files.GroupBy(file => IsTerraformName(file.Path)).OrderBy(group => group.Key).Select(group => group.ToImmutableArray())];

    /// <summary>Reads all that is known of one account: bodies and answers of the API (rules, lists), or Terraform's JSON files.</summary>
    public static GatewayReading Read(IReadOnlyList<Artefact> files) => Read(files, []);

    /// <summary>Reads what is about to be applied to an account, and what it holds already.</summary>
    /// <param name="files">What is about to be applied.</param>
    /// <param name="existing">What the account holds. A rule whose name the files hold too is replaced by them.</param>
    public static GatewayReading Read(IReadOnlyList<Artefact> files, IReadOnlyList<Artefact> existing)
    {
        var log = ReadLog(files);
        if (existing.Count > 0)
        {
            log.AddExisting(ReadLog(existing));
        }

        return new GatewayReading(log, new ArtefactPlace(files.Count > 0 ? files[0].Path : existing.Count > 0 ? existing[0].Path : "", 0, 0));
    }

    private static ReadingLog ReadLog(IReadOnlyList<Artefact> files)
    {
        var log = new ReadingLog();
        var terraform = new List<JsonFile>();
        var bodies = new List<JsonFile>();
        foreach (var artefact in files)
        {
            if (artefact.Path.EndsWith(".tf", StringComparison.Ordinal))
            {
                log.Problems.Add(new ReadingProblem(ReadingProblemKind.NotModelled, "Terraform's own syntax is not read, only its JSON syntax", new ArtefactPlace(artefact.Path, 0, 0)));
                log.IsIncomplete = true;
                continue;
            }

            var file = JsonFile.Read(artefact, log.Problems);
            if (file.Root is null)
            {
                log.IsIncomplete = true;
            }
            else
            {
                (IsTerraformName(artefact.Path) || IsTerraform(file.Root) ? terraform : bodies).Add(file);
            }
        }

        foreach (var file in bodies)
        {
            new ApiReader(new ArtefactScope(file, log, null)).Read(file.Root!);
        }

        TerraformReader.Read(terraform, log);
        return log;
    }

    /// <inheritdoc/>
    public ReadGate GateTo(GatewayEndpoint endpoint)
    {
        var (opens, openings) = Ask(endpoint);
        return new ReadGate(opens, [.. openings.Select(opening => opening.Place).Distinct().Order(Comparer<ArtefactPlace>.Create(ArtefactPlace.Compare))])
        {
            Openings = openings.Select(opening => (opening.Opens, opening.Place)),
        };
    }

    /// <inheritdoc/>
    public ImmutableArray<ReadIdentity> IdentitiesAt(GatewayEndpoint endpoint) => [];

    /// <summary>By which rules somebody gets a connection through, in the order of their precedence by address.</summary>
    public ImmutableArray<GatewayOpening> OpeningsTo(GatewayEndpoint endpoint) => Ask(endpoint).Openings;

    /// <summary>
    /// What the rules in force do beyond some endpoints: rules that match no connection to one of them, rules that also match other destinations, and rules that let connections to
    /// further ports of an endpoint's address through, which may be another server.
    /// </summary>
    public ImmutableArray<OtherEffect> EffectsBeyond(IEnumerable<GatewayEndpoint> endpoints)
    {
        var ranges = new List<AddressRange>();
        var ports = new HashSet<long>();
        var touched = new HashSet<GatewayRule>(ReferenceEqualityComparer.Instance);
        foreach (var endpoint in endpoints)
        {
            ports.Add(endpoint.Port);
            foreach (var choice in ChoicesOf(endpoint) ?? [])
            {
                AddTouched(_ordered, choice.Range, choice.Network, touched);
                AddTouched(_anywhere, choice.Range, choice.Network, touched);
                AddTouched(_requests, choice.Range, choice.Request, touched);
            }

            ranges.AddRange(endpoint.Addresses.Select(ParseAddress).OfType<AddressRange>());
        }

        var known = new AddressSet([.. ranges]);
        return
        [
            .. new[] { _ordered, _anywhere, _requests }.SelectMany(index => index.Rules.Select((rule, i) => (Rule: rule, Destinations: index.Destinations[i])))
                .Where(r => IsAboutConnections(r.Rule))
                .Select(r => (r.Rule, Beyond: BeyondOf(r.Rule, r.Destinations)))
                .Where(r => r.Beyond is not null)
                .Select(r => new OtherEffect($"rule `{r.Rule.Name}` ({r.Rule.Action}) {r.Beyond}", r.Rule.Place))
                .OrderBy(effect => effect.Place, Comparer<ArtefactPlace>.Create(ArtefactPlace.Compare)),
        ];

        string? BeyondOf(GatewayRule rule, IReadOnlyList<AddressRange>? destinations)
            => !touched.Contains(rule) ? "is about other destinations"
                : destinations is null || !destinations.All(known.Covers) ? "also matches other destinations"
                : rule.Effect == GatewayEffect.Allow && !RuleDestinations.IsTcpOn(rule.Traffic.Node, ports) ? "also matches other ports"
                : null;
    }

    private static void AddTouched(RuleIndex index, AddressRange range, ConnectionFacts facts, HashSet<GatewayRule> touched)
    {
        foreach (var i in index.CandidatesFor(range))
        {
            if (!touched.Contains(index.Rules[i]) && index.TrafficOf(i, facts) != Formula.Never)
            {
                touched.Add(index.Rules[i]);
            }
        }
    }

    private static bool IsAboutConnections(GatewayRule rule)
        => rule is { Layer: GatewayLayer.Network, Effect: GatewayEffect.Allow or GatewayEffect.Block } or { Layer: GatewayLayer.Http, Effect: GatewayEffect.NoInspect };

    private (Formula Opens, ImmutableArray<GatewayOpening> Openings) Ask(GatewayEndpoint endpoint)
    {
        if (_isIncomplete || ChoicesOf(endpoint) is not { } choices)
        {
            return (Formula.Undecided, []);
        }

        var sum = new List<Formula>();
        var openings = ImmutableArray.CreateBuilder<GatewayOpening>();
        foreach (var choice in choices)
        {
            var (opens, byRule) = FirstMatch.At(_ordered, _anywhere, choice);
            sum.Add(opens == Formula.Never ? opens : opens.And(MayBeSpoiled(choice).Not()));
            openings.AddRange(byRule);
        }

        return (Formula.Any(sum), [.. openings.DistinctBy(opening => (opening.Rule, opening.Opens, opening.Place))]);
    }

    // Whether a connection is inspected depends on settings of the account, so that an HTTP rule never decides for sure; one that keeps inspection off ends the question.
    private Formula MayBeSpoiled(AddressChoice choice)
    {
        var spoils = new List<Formula>();
        var spared = new List<Formula>();
        foreach (var i in _requests.CandidatesFor(choice.Range))
        {
            switch (_requests.Rules[i].Effect)
            {
                case GatewayEffect.NoInspect:
                    spared.Add(_requests.MatchOf(i, choice.Request));
                    break;
                case GatewayEffect.Block or GatewayEffect.Unknown:
                    spoils.Add(_requests.MatchOf(i, choice.Request));
                    break;
            }
        }

        return Formula.All([Formula.Any(spoils), Formula.Any(spared).Not(), Formula.Undecided]);
    }

    private List<AddressChoice>? ChoicesOf(GatewayEndpoint endpoint)
    {
        var choices = new List<AddressChoice>();
        foreach (var text in endpoint.Addresses)
        {
            if (ParseAddress(text) is not { } range)
            {
                return null;
            }

            var boundaries = new SortedSet<UInt128> { range.First.Bits };
            if (range.First != range.Last)
            {
                _ordered.CollectBoundaries(range, boundaries);
                _anywhere.CollectBoundaries(range, boundaries);
                _requests.CollectBoundaries(range, boundaries);
            }

            if (boundaries.Count > MostChoices)
            {
                return null;
            }

            foreach (var bits in boundaries)
            {
                var address = range.First with { Bits = bits };
                choices.Add(new AddressChoice(
                    new AddressRange(address, address, address.Width),
                    ConnectionFacts.OfNetwork(address, endpoint.Port, endpoint.VirtualNetwork),
                    ConnectionFacts.OfRequest(address, endpoint.VirtualNetwork),
                    _noRulePlace));
            }
        }

        return choices;
    }

    private static AddressRange? ParseAddress(string text) => AddressRange.TryParseNetwork(text, out var range, out _, out _) ? range : null;

    private static bool IsTerraformName(string path) => path.EndsWith(".tf.json", StringComparison.Ordinal) || path.EndsWith(".tf", StringComparison.Ordinal);

    private static bool IsTerraform(JsonItem root) => root.Kind == JsonItemKind.Map && (root.Find("resource") ?? root.Find("terraform")) is not null;

    // What a list holds that is given twice is not known.
    private static IEnumerable<AccountList> WithoutRepetitions(ReadingLog log)
    {
        foreach (var group in log.Lists.GroupBy(list => list.Key, StringComparer.Ordinal))
        {
            var list = group.First();
            if (group.Skip(1).FirstOrDefault() is { } second)
            {
                log.Problems.Add(new ReadingProblem(ReadingProblemKind.Refused, $"list `{second.Name}` has the identifier of another", second.Place));
                list = list with { Addresses = null, Texts = null };
            }

            yield return list;
        }
    }

    private static void AddEffects(ReadingLog log, AccountLists lists)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var rule in log.Rules)
        {
            foreach (var list in new[] { rule.Traffic, rule.Identity, rule.Posture }.SelectMany(part => ListsIn(part.Node)))
            {
                if (used.Add(list) && !lists.Holds(list))
                {
                    log.Problems.Add(new ReadingProblem(ReadingProblemKind.NotModelled, $"list `{list}`, which rule `{rule.Name}` names, is not among the artefacts", rule.Place));
                }
            }

            if (rule.IsEnabled && !IsAboutConnections(rule))
            {
                var what = rule.Layer == GatewayLayer.Network ? "may do more than let connections pass or end them" : "is about something else than who reaches an address";
                log.Effects.Add(new OtherEffect($"rule `{rule.Name}` ({rule.Action}) {what}", rule.Place));
            }
        }

        foreach (var list in lists.All.Where(list => !used.Contains(list.Key)))
        {
            log.Effects.Add(new OtherEffect($"keeps list `{list.Name}`, which no rule names", list.Place));
        }
    }

    private static IEnumerable<string> ListsIn(FilterNode? node) => node switch
    {
        CombinationNode combination => combination.Operands.SelectMany(ListsIn),
        NegationNode negation => ListsIn(negation.Operand),
        QuantifierNode quantifier => ListsIn(quantifier.Operand),
        ComparisonNode { Comparison: InListComparison list } => [list.List],
        _ => [],
    };
}
