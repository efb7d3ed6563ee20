using PolicyLang.Diagnostics;
using PolicyLang.Semantics;

namespace PolicyLang.Targets.Teleport;

/// <summary>Reads the teams of one path; says once what is wrong with each.</summary>
internal sealed class GitHubTeams(AccessPath path, DiagnosticBag diagnostics)
{
    private readonly Dictionary<string, GitHubTeam?> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Spelling, SourceLocation Location)> _organizations = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The team behind a group; nothing where an error was reported.</summary>
    public GitHubTeam? Read(NativePrincipal principal)
    {
        if (!_known.TryGetValue(principal.Value, out var team))
        {
            team = ReadNew(principal);
            _known.Add(principal.Value, team);
        }

        return team;
    }

    private GitHubTeam? ReadNew(NativePrincipal principal)
    {
        if (!string.Equals(principal.Provider, path.People, StringComparison.Ordinal))
        {
            diagnostics.Report(
                TeleportDiagnostics.Principal,
                principal.Location,
                $"path `{path.Name}` sees the people of `{path.People}` and not `{principal.Value}` of `{principal.Provider}`",
                "a GitHub connector maps GitHub teams only");
            return null;
        }

        if (TeleportNames.ParseTeam(principal.Value, out var problem) is not { } team)
        {
            diagnostics.Report(
                TeleportDiagnostics.Team,
                principal.Location,
                $"path `{path.Name}` cannot map `{principal.Value}`: {problem}",
                "write it as in the team's address on GitHub: `https://github.com/orgs/acme/teams/site-reliability` is `acme/site-reliability`");
            return null;
        }

        var first = _organizations.TryGetValue(team.Organization, out var known) ? known : (team.Organization, principal.Location);
        _organizations.TryAdd(team.Organization, first);
        if (string.Equals(first.Item1, team.Organization, StringComparison.Ordinal))
        {
            return team;
        }

        diagnostics.Report(
            TeleportDiagnostics.OrganizationSpelling,
            principal.Location,
            $"the organization `{team.Organization}` is also spelled `{first.Item1}`: GitHub takes them for one, Teleport compares letter by letter, so one of them matches nobody",
            "write it as GitHub shows it",
            new RelatedLocation(first.Item2, $"spelled `{first.Item1}` here"));
        return null;
    }
}
