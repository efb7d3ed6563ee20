using PolicyLang.Diagnostics;
using PolicyLang.Semantics;

namespace PolicyLang.Access;

/// <summary>Words what is wrong when a path or an API server cannot tell a subject of a rule apart.</summary>
internal sealed class IdentityMistakes(BindingContext context)
{
    private const string Email = "email";

    /// <summary>A subject, or a member of it, has no name that the path's system knows.</summary>
    public void ReportNoIdentity(Named<Subject> subject, Subject missing, AccessPath path)
    {
        var kind = missing.Kind switch
        {
            SubjectKind.User => PrincipalKind.Person,
            SubjectKind.Group => PrincipalKind.Group,
            _ => PrincipalKind.Machine,
        };
        var declared = new RelatedLocation(missing.Location, missing.IsEmail ? $"`{missing.Name}` is named here" : $"`{missing.Name}` is declared here");
        if (!path.Kind.Accepts.Contains(kind))
        {
            ReportCannotUse(subject, kind, missing, path, declared);
            return;
        }

        var who = missing == subject.Value ? $"`{missing.Name}`" : $"`{missing.Name}`, a member of `{subject.Value.Name}`,";
        var (message, help) = (kind, path.People) switch
        {
            (PrincipalKind.Machine, _) => ($"{who} has no `{path.Name}` identity, which path `{path.Name}` needs", $"add `{path.Name} = \"…\"` to `{missing.Name}`"),
            (_, null) => ($"path `{path.Name}` does not say whose people it sees, so it cannot tell `{missing.Name}` apart", $"set `people` of path `{path.Name}` in policyc.yaml"),

            // A group has no e-mail of its own.
            (PrincipalKind.Group, Email) => (
                $"{who} lists no members and has no `{path.Name}` identity, so path `{path.Name}` cannot tell who belongs to it",
                $"add `members = […]` or `{path.Name} = \"…\"` to `{missing.Name}`"),
            (_, { } people) => (
                $"{who} has no `{people}` identity, which path `{path.Name}` needs",
                missing.IsEmail ? $"declare the person: `user NAME {{ email = \"{missing.Name}\"  {people} = \"…\" }}`" : $"add `{people} = \"…\"` to `{missing.Name}`"),
        };
        context.Report(SemanticDiagnostics.NoIdentityForPath, subject.Location, message, help + ", or name other paths with `via`", declared);
    }

    /// <summary>A path cannot tell this kind of principal apart.</summary>
    public void ReportCannotUse(Named<Subject> subject, NativePrincipal principal, AccessPath path)
        => ReportCannotUse(subject, principal.Kind, principal.Origin, path, new RelatedLocation(principal.Location, "this identity"));

    /// <summary>The API server of a cluster knows a principal by no name that a role may be bound to.</summary>
    public void ReportNoNativeName(Named<Subject> subject, NativePrincipal principal, Authenticator authenticator, Cluster cluster)
    {
        var isPerson = principal.Kind == PrincipalKind.Person && authenticator.UsersPrefix is null;
        context.Report(
            isPerson ? SemanticDiagnostics.NoIdentityForPath : SemanticDiagnostics.ReservedKubernetesName,
            subject.Location,
            isPerson
                ? $"cluster `{cluster.Name}` does not say what its API server puts before a person's name, so no role can be bound to `{principal.Value}`"
                : $"the API server of cluster `{cluster.Name}` would see `{principal.Value}` under a name that other software gives a meaning to",
            isPerson ? "add `users_prefix` to the authentication block, or give the subject a group" : "use another group",
            new RelatedLocation(authenticator.Location, "how the cluster authenticates"),
            new RelatedLocation(principal.Location, "this identity"));
    }

    private void ReportCannotUse(Named<Subject> subject, PrincipalKind kind, Subject origin, AccessPath path, RelatedLocation place)
    {
        var what = kind switch
        {
            PrincipalKind.Person => "single people",
            PrincipalKind.Group => "groups of an identity provider",
            _ => "machines",
        };
        var member = origin == subject.Value ? "" : $" and `{subject.Value.Name}` lists `{origin.Name}`";
        var help = kind != PrincipalKind.Person || path.People is not { } people ? ""
            : subject.Value.Kind == SubjectKind.Group ? $"give `{subject.Value.Name}` a group at `{people}`, or "
            : $"name a group that `{people}` knows, or ";
        context.Report(SemanticDiagnostics.SubjectCannotUsePath, subject.Location, $"path `{path.Name}` cannot tell {what} apart{member}", help + "name other paths with `via`", place);
    }
}
