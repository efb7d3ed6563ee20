using System.Collections.Immutable;
using PolicyLang.Projects;
using PolicyLang.Semantics;

namespace PolicyLang.Access;

/// <summary>Whom another system sees when a subject comes.</summary>
/// <param name="Principals">The principals, sorted by kind and value; empty for a group that lists nobody.</param>
/// <param name="Missing">The subject (the one asked for, or a member of it) that has no identity there, or nothing.</param>
/// <param name="AssumedGroups">The groups that list members beside an identity that another system fills.</param>
/// <param name="Clash">Two principals of different subjects whom the system cannot tell apart, or nothing.</param>
internal sealed record IdentityResolution(ImmutableArray<NativePrincipal> Principals, Subject? Missing, ImmutableArray<Subject> AssumedGroups, (NativePrincipal First, NativePrincipal Second)? Clash);

/// <summary>Finds the identities of subjects, flattening groups where a system knows only their members.</summary>
internal sealed class IdentityResolver(ImmutableSortedDictionary<string, IdentityProvider> providers)
{
    private readonly Dictionary<(Subject, string? Path, string? Provider), IdentityResolution> _resolved = [];
    private readonly Dictionary<(string? Path, string? Provider, PrincipalKind Kind, string Value), NativePrincipal> _seen = [];

    /// <summary>The identities of a subject.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="path">The path whose own names go first; absent for an authenticator.</param>
    /// <param name="provider">The identity provider whose people are seen, or nothing.</param>
    public IdentityResolution Resolve(Subject subject, string? path, string? provider)
    {
        if (_resolved.TryGetValue((subject, path, provider), out var known))
        {
            return known;
        }

        var principals = new Dictionary<(PrincipalKind, string, string), NativePrincipal>();
        var assumed = ImmutableArray.CreateBuilder<Subject>();
        var missing = Collect(subject, path, provider, principals, assumed, []);
        var resolution = new IdentityResolution(
            [.. principals.Values.OrderBy(p => p.Kind).ThenBy(p => p.Provider, StringComparer.Ordinal).ThenBy(p => p.Value, StringComparer.Ordinal)],
            missing,
            assumed.ToImmutable(),
            ClashOf(principals.Values, path, provider));
        _resolved.Add((subject, path, provider), resolution);
        return resolution;
    }

    // Systems compare e-mails and logins without case, and a name that differs in case alone is more likely the same than not.
    private (NativePrincipal, NativePrincipal)? ClashOf(IEnumerable<NativePrincipal> principals, string? path, string? provider)
    {
        (NativePrincipal, NativePrincipal)? clash = null;
        foreach (var principal in principals)
        {
            var key = (path, provider, principal.Kind, principal.Value.ToLowerInvariant());
            if (!_seen.TryAdd(key, principal) && _seen[key] is var first && first.Origin != principal.Origin)
            {
                clash ??= (first, principal);
            }
        }

        return clash;
    }

    private Subject? Collect(
        Subject subject,
        string? path,
        string? provider,
        Dictionary<(PrincipalKind, string, string), NativePrincipal> principals,
        ImmutableArray<Subject>.Builder assumed,
        HashSet<Subject> visited)
    {
        if (!visited.Add(subject))
        {
            return null;
        }

        var kind = subject.Kind switch
        {
            SubjectKind.User => PrincipalKind.Person,
            SubjectKind.Group => PrincipalKind.Group,
            _ => PrincipalKind.Machine,
        };
        foreach (var name in (ReadOnlySpan<string?>)[path, provider, subject.Kind == SubjectKind.User && provider is not null && providers.TryGetValue(provider, out var p) && p.KnowsPeopleByEmail ? "email" : null])
        {
            if (name is not null && subject.Identities.TryGetValue(name, out var values))
            {
                foreach (var value in values)
                {
                    principals.TryAdd((kind, name, value.Text), new NativePrincipal(kind, name == "email" && provider is not null ? provider : name, value.Text, subject, value.Location));
                }

                if (subject.Members is not null)
                {
                    assumed.Add(subject);
                }

                return null;
            }
        }

        if (subject.Members is not { } members)
        {
            return subject;
        }

        foreach (var member in members)
        {
            if (Collect(member, path, provider, principals, assumed, visited) is { } missing)
            {
                return missing;
            }
        }

        return null;
    }
}
