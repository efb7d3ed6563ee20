using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Projects;
using PolicyLang.Semantics;

namespace PolicyLang.Comparing;

/// <summary>Somebody whom a path can tell apart, so named that the same person or group has the same key in both policies.</summary>
/// <param name="Key">What two policies compare.</param>
/// <param name="Origin">The subject whose name it is.</param>
/// <param name="Name">The name in the other system, or that of the subject.</param>
internal sealed record ComparedPrincipal(string Key, Subject Origin, string Name)
{
    /// <summary>How people are told of it.</summary>
    public string Display => Origin.Kind == SubjectKind.User ? Origin.Name : $"{Origin.Name} ({Name})";
}

/// <summary>Whom a subject stands for.</summary>
/// <param name="All">The principals, by key.</param>
/// <param name="Key">All keys together: the same for the same people.</param>
internal sealed record PrincipalSet(ImmutableArray<ComparedPrincipal> All, string Key);

/// <summary>How somebody comes to a cluster: a path, and behind one that carries only reach, a way in which the API server tells people apart.</summary>
internal readonly record struct AccessWay(AccessPath Path, Authenticator? Authenticator)
{
    public string Key => Authenticator is { } a ? $"{Path.Name}\n{Path.Kind.Name}\n{a.Kind}\n{a.People}" : $"{Path.Name}\n{Path.Kind.Name}";
}

/// <summary>
/// Whom a subject stands for on a path. A world knows each listed person and a fresh member of each group that only others know, so a group stands for the name that the
/// path has for it and for everybody whom it lists.
/// </summary>
internal sealed class ComparedPrincipals(ImmutableSortedDictionary<string, IdentityProvider> providers)
{
    private readonly IdentityResolver _identities = new(providers);
    private readonly Dictionary<(Subject, string), PrincipalSet> _known = [];
    private readonly Dictionary<Subject, ImmutableArray<ComparedPrincipal>> _anywhere = [];

    /// <summary>Whom a subject stands for on a way.</summary>
    public PrincipalSet Of(Subject subject, AccessWay way)
    {
        if (!_known.TryGetValue((subject, way.Key), out var principals))
        {
            var found = new SortedDictionary<string, ComparedPrincipal>(StringComparer.Ordinal);
            Collect(subject, way, "", found, []);
            _known.Add((subject, way.Key), principals = new PrincipalSet([.. found.Values], string.Join('\n', found.Keys)));
        }

        return principals;
    }

    /// <summary>Whom a subject stands for whatever the path, by key: what a guard speaks of.</summary>
    public ImmutableArray<ComparedPrincipal> Anywhere(Subject subject)
    {
        if (!_anywhere.TryGetValue(subject, out var principals))
        {
            var found = new SortedDictionary<string, ComparedPrincipal>(StringComparer.Ordinal);
            CollectAnywhere(subject, found, []);
            _anywhere.Add(subject, principals = [.. found.Values]);
        }

        return principals;
    }

    /// <summary>What a subject is, whatever it is called: its identities, or its name where it has none.</summary>
    public static string KeyOf(Subject subject)
    {
        if (subject.Kind == SubjectKind.User && subject.Identities.TryGetValue("email", out var emails))
        {
            return "person " + string.Join(' ', emails.Select(e => e.Text).Order(StringComparer.Ordinal));
        }

        var identities = subject.Identities.OrderBy(i => i.Key, StringComparer.Ordinal)
            .SelectMany(i => i.Value.Select(v => v.Text).Order(StringComparer.Ordinal).Select(v => $"{i.Key} {v}")).ToArray();
        return identities.Length == 0 ? $"named {subject.Name}" : string.Join('\n', identities);
    }

    private void Collect(Subject subject, AccessWay way, string suffix, SortedDictionary<string, ComparedPrincipal> found, HashSet<Subject> visited)
    {
        if (!visited.Add(subject))
        {
            return;
        }

        var gate = _identities.Resolve(subject, way.Path.Name, way.Path.People);
        ImmutableArray<NativePrincipal> own = gate.Missing is null ? [.. gate.Principals.Where(p => p.Origin == subject)] : [];
        var asserted = Asserted(subject, way);
        foreach (var principal in own)
        {
            AddNative(principal, asserted, suffix, found);
        }

        if (subject.Members is { } members)
        {
            // Where the gate knows the members and the API server the group, the group's name there is part of how they have their rights.
            var inherited = own.IsEmpty && asserted.Any(a => a.Origin == subject) ? string.Concat(asserted.Select(a => " as " + KeyOf(a))) : suffix;
            foreach (var member in members)
            {
                Collect(member, way, inherited, found, visited);
            }
        }
        else if (own.IsEmpty)
        {
            found.TryAdd(KeyOf(subject) + suffix, new ComparedPrincipal(KeyOf(subject) + suffix, subject, subject.Name));
        }
    }

    private static void AddNative(NativePrincipal principal, ImmutableArray<NativePrincipal> asserted, string suffix, SortedDictionary<string, ComparedPrincipal> found)
    {
        var key = KeyOf(principal);
        var others = asserted.Where(a => KeyOf(a) != key).Select(KeyOf).ToArray();
        if (asserted.Length == 0 || others.Length < asserted.Length)
        {
            found.TryAdd(key + suffix, new ComparedPrincipal(key + suffix, principal.Origin, $"{principal.Provider} {principal.Value}"));
        }

        foreach (var other in others)
        {
            found.TryAdd($"{key} as {other}", new ComparedPrincipal($"{key} as {other}", principal.Origin, $"{principal.Provider} {principal.Value}"));
        }
    }

    private ImmutableArray<NativePrincipal> Asserted(Subject subject, AccessWay way)
        => way.Authenticator is { } authenticator && _identities.Resolve(subject, null, authenticator.People) is { Missing: null } resolution
            ? [.. resolution.Principals.Where(p => p.Origin == subject && KubernetesGroupNames.ForNative(p, authenticator) is not null)]
            : [];

    // GitHub and e-mail do not tell case apart.
    private static string KeyOf(NativePrincipal principal)
    {
        var value = principal.Provider == "github" || principal.Value.Contains('@', StringComparison.Ordinal) ? principal.Value.ToLowerInvariant() : principal.Value;
        return principal.Kind == PrincipalKind.Person && value.Contains('@', StringComparison.Ordinal) ? "person " + value : $"{principal.Provider} {value}";
    }

    private static void CollectAnywhere(Subject subject, SortedDictionary<string, ComparedPrincipal> found, HashSet<Subject> visited)
    {
        if (!visited.Add(subject))
        {
            return;
        }

        if (subject.Kind == SubjectKind.User || (subject.Identities.IsEmpty && subject.Members is null))
        {
            found.TryAdd(KeyOf(subject), new ComparedPrincipal(KeyOf(subject), subject, subject.Name));
        }
        else
        {
            foreach (var (provider, values) in subject.Identities)
            {
                foreach (var value in values)
                {
                    found.TryAdd($"{provider} {value.Text}", new ComparedPrincipal($"{provider} {value.Text}", subject, $"{provider} {value.Text}"));
                }
            }
        }

        foreach (var member in subject.Members ?? [])
        {
            CollectAnywhere(member, found, visited);
        }
    }
}
