using System.Collections.Immutable;
using PolicyLang.Reading;

namespace PolicyLang.Targets.Tailscale.Reading;

/// <summary>Whom the sources of rules let in, as formulas; one for each selector and posture, shared by all rules.</summary>
internal sealed class SourceFormulas(TailnetFile file, Selectors selectors)
{
    // Devices that were shared in and addresses behind a subnet router have no posture; rules with postures let them pass (https://tailscale.com/docs/features/device-posture).
    private static readonly Formula Unchecked = Formula.Of(new Atom(AtomKind.Connection, "tailscale", "from a device shared in or behind a subnet router"));

    private readonly Dictionary<string, Formula> _sources = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Formula> _postures = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Source, Formula? Posture), Formula> _conditional = [];
    private Formula? _default;

    /// <summary>Whom a rule is for.</summary>
    public Formula Of(AccessRule rule)
    {
        if (rule.IsUnclear)
        {
            return Formula.Undecided;
        }

        var posture = PostureOf(rule);
        return rule.Sources is [var only] ? Of(selectors[only.Text], posture) : Sum(rule.Sources.Select(src => Of(selectors[src.Text], posture)));
    }

    /// <summary>Whom a rule is for by one of its sources.</summary>
    public Formula Of(AccessRule rule, string source) => rule.IsUnclear ? Formula.Undecided : Of(selectors[source], PostureOf(rule));

    /// <summary>Whom a word stands for by itself.</summary>
    public Formula Of(string word) => Of(selectors[word], Formula.Always);

    /// <summary>Joins statements, each of which stays as it is: groups are large and shared by many rules.</summary>
    public static Formula Sum(IEnumerable<Formula> parts)
    {
        var distinct = ImmutableArray.CreateBuilder<Formula>();
        var seen = new HashSet<Formula>(ReferenceEqualityComparer.Instance);
        foreach (var part in parts)
        {
            if (ReferenceEquals(part, Formula.Always))
            {
                return part;
            }

            if (!ReferenceEquals(part, Formula.Never) && seen.Add(part))
            {
                distinct.Add(part);
            }
        }

        return distinct.Count switch { 0 => Formula.Never, 1 => distinct[0], _ => new AnyFormula(distinct.ToImmutable()) };
    }

    private Formula PostureOf(AccessRule rule) => rule.Postures is { } postures ? OwnPosture(postures) : _default ??= PosturesOf(file.DefaultPostures);

    private Formula Of(Selector selector, Formula posture)
    {
        if (!_sources.TryGetValue(selector.Text, out var source))
        {
            _sources.Add(selector.Text, source = Read(selector));
        }

        if (ReferenceEquals(posture, Formula.Always))
        {
            return source;
        }

        var key = (selector.Text, ReferenceEquals(posture, _default) ? null : posture);
        if (!_conditional.TryGetValue(key, out var formula))
        {
            formula = selector.Kind switch
            {
                SelectorKind.Any or SelectorKind.DangerAll => posture.Or(Unchecked),
                SelectorKind.Address or SelectorKind.IpSet or SelectorKind.Shared or SelectorKind.Unknown => source,
                _ => source is ConstantFormula ? posture.And(source) : new AllFormula([source, posture]),
            };
            _conditional.Add(key, formula);
        }

        return formula;
    }

    private Formula Read(Selector selector) => selector.Kind switch
    {
        SelectorKind.Any or SelectorKind.DangerAll => Formula.Always,
        SelectorKind.User => Person(selector.Text),
        SelectorKind.UserDomain => Formula.Of(new Atom(AtomKind.AnyPerson, "", "")).And(Formula.Undecided),
        SelectorKind.Group => Group(selector.Text),
        SelectorKind.Tag => Formula.Of(new Atom(AtomKind.Machine, "tag", selector.Text)),
        SelectorKind.Member => Formula.Of(new Atom(AtomKind.AnyPerson, "", "")),
        SelectorKind.Tagged => Formula.Of(new Atom(AtomKind.AnyMachine, "", "")),
        SelectorKind.Role or SelectorKind.Shared => Formula.Of(new Atom(AtomKind.Group, "autogroup", selector.Text)),
        SelectorKind.Address => Formula.Of(new Atom(AtomKind.Connection, "address", selector.Range!.Value.Text)),
        SelectorKind.IpSet => Formula.Of(new Atom(AtomKind.Connection, "ipset", selector.Text)),
        _ => Formula.Undecided,
    };

    // Whether logins are compared in any case is not documented.
    private static Formula Person(string login)
    {
        var exact = Formula.Of(new Atom(AtomKind.Person, "login", login));
        return login.AsSpan().ContainsAnyInRange('A', 'Z')
            ? exact.Or(Formula.Of(new Atom(AtomKind.Person, "login", login.ToLowerInvariant())).And(Formula.Undecided))
            : exact;
    }

    private Formula Group(string name)
    {
        var synced = Formula.Of(new Atom(AtomKind.Group, "group", name));
        if (!file.Groups.TryGetValue(name, out var group))
        {
            return synced;
        }

        var members = Formula.Any(group.Items.Select(member => selectors[member.Text] is { Kind: SelectorKind.User or SelectorKind.UserDomain } user ? Read(user) : Formula.Undecided));
        members = group.IsUnclear ? members.Or(Formula.Undecided) : members;
        return name.Contains('@', StringComparison.Ordinal) ? members.Or(synced) : members;
    }

    // An empty list may mean no posture or the default one.
    private Formula OwnPosture(ImmutableArray<TextAt> names)
        => names.IsEmpty && !file.DefaultPostures.IsEmpty ? Formula.Undecided : PosturesOf(names);

    // One of the postures is enough; of a posture every assertion must hold.
    private Formula PosturesOf(ImmutableArray<TextAt> names)
    {
        if (names.IsEmpty)
        {
            return Formula.Always;
        }

        var key = string.Join('\n', names.Select(name => name.Text));
        if (!_postures.TryGetValue(key, out var formula))
        {
            formula = Formula.Any(names.Select(name => PostureOf(name.Text)));
            _postures.Add(key, formula);
        }

        return formula;
    }

    private Formula PostureOf(string name)
    {
        if (!file.Postures.TryGetValue(name, out var posture) || posture.IsUnclear || posture.Items.IsEmpty)
        {
            return Formula.Undecided;
        }

        return Formula.All(posture.Items.Select(assertion => Formula.Of(new Atom(AtomKind.Posture, "tailscale", assertion.Text))));
    }
}
