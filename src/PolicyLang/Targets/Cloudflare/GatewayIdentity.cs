using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics;

namespace PolicyLang.Targets.Cloudflare;

/// <summary>Principals as expressions over the identity that Gateway knows of a connection.</summary>
internal static class GatewayIdentity
{
    private const string ControlCharacterHelp = "give the group by its identifier instead, with `groups_by = id` on the path";

    /// <summary>
    /// The expression that holds for the principals of a link and for nobody else. What cannot be said is reported, and nothing is returned.
    /// Names are compared byte by byte, so they are written as the policy has them: another spelling keeps somebody out and lets nobody in.
    /// </summary>
    public static GatewayExpression? Express(CloudflarePathSettings path, GateLink gate, DiagnosticBag diagnostics)
    {
        var groups = ImmutableArray.CreateBuilder<string>();
        var emails = ImmutableArray.CreateBuilder<string>();
        foreach (var principal in gate.Principals)
        {
            if (IsExpressible(path.Path, gate, principal, diagnostics))
            {
                (principal.Kind == PrincipalKind.Group ? groups : emails).Add(principal.Value);
            }
        }

        if (groups.Count + emails.Count < gate.Principals.Length)
        {
            return null;
        }

        var alternatives = ImmutableArray.CreateBuilder<GatewayExpression>(2);
        AddMembership(alternatives, path.GroupField, groups);
        AddMembership(alternatives, GatewayField.Email, emails);
        return new GatewayDisjunction(alternatives.ToImmutable());
    }

    /// <summary>Checks the name that an identity provider has for a group.</summary>
    public static bool CheckGroup(Subject group, string name, SourceLocation location, DiagnosticBag diagnostics)
    {
        if (GatewayExpressionText.WhyNotText(name) is not { } reason)
        {
            return true;
        }

        diagnostics.Report(CloudflareDiagnostics.InvalidGroup, location, $"the name that group `{group.Name}` has for Gateway {reason}", ControlCharacterHelp);
        return false;
    }

    /// <summary>Checks the e-mail of a person.</summary>
    public static bool CheckEmail(Subject person, string email, SourceLocation location, DiagnosticBag diagnostics)
    {
        var at = email.IndexOf('@', StringComparison.Ordinal);
        var isEmail = at > 0 && at < email.Length - 1
            && at == email.LastIndexOf('@')
            && GatewayExpressionText.WhyNotText(email) is null
            && !email.Any(char.IsWhiteSpace);
        if (!isEmail)
        {
            diagnostics.Report(
                CloudflareDiagnostics.InvalidEmail,
                location,
                $"Gateway knows people by e-mail, and `{email}` of `{person.Name}` is none",
                $"give `{person.Name}` an `email`, or let the path see the people of a provider that knows them by e-mail");
        }

        return isEmail;
    }

    private static bool IsExpressible(AccessPath path, GateLink gate, NativePrincipal principal, DiagnosticBag diagnostics)
    {
        switch (principal.Kind)
        {
            case PrincipalKind.Group when IsOfPath(path, principal):
                return CheckGroup(principal.Origin, principal.Value, principal.Location, diagnostics);
            case PrincipalKind.Group:
                diagnostics.Report(
                    CloudflareDiagnostics.ForeignGroup,
                    principal.Location,
                    $"group `{principal.Origin.Name}` is `{principal.Value}` at `{principal.Provider}`, but path `{path.Name}` sees the groups of `{path.People}`",
                    $"give the group the name that it has at `{path.People}`");
                return false;
            case PrincipalKind.Person:
                return CheckEmail(principal.Origin, principal.Value, principal.Location, diagnostics);
            default:
                diagnostics.Report(
                    CloudflareDiagnostics.UnsupportedPrincipal,
                    gate.Rules.IsEmpty ? principal.Location : gate.Rules[0].Location,
                    $"path `{path.Name}` cannot let machine `{gate.Subject.Name}` reach cluster `{gate.Cluster.Name}`: machines have no identity at Gateway, and a rule without identity lets everyone in",
                    "give the machine another path with `via`");
                return false;
        }
    }

    // A name means something only at its own provider: the same spelling elsewhere is another group.
    private static bool IsOfPath(AccessPath path, NativePrincipal principal)
        => path.People is null
            || string.Equals(principal.Provider, path.People, StringComparison.Ordinal)
            || string.Equals(principal.Provider, path.Name, StringComparison.Ordinal);

    private static void AddMembership(ImmutableArray<GatewayExpression>.Builder alternatives, GatewayField field, ImmutableArray<string>.Builder values)
    {
        if (values.Count > 0)
        {
            alternatives.Add(new GatewayMembership(field, GatewayInlineSet.OfTexts(values.Distinct(StringComparer.Ordinal))));
        }
    }
}
