using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics;

namespace PolicyLang.Targets.Tailscale;

/// <summary>A subject as the policy file names it.</summary>
/// <param name="Subject">The subject.</param>
/// <param name="Principals">The principals it was made from.</param>
/// <param name="Sources">What stands in <c>src</c>, sorted.</param>
/// <param name="Group">The group that the file defines for its people, or nothing.</param>
/// <param name="People">The logins of its people, sorted.</param>
/// <param name="Tags">The tags of its machines, sorted.</param>
/// <param name="OuterGroups">The groups whose members the file does not list, sorted.</param>
internal sealed record TailnetSubject(
    Subject Subject,
    ImmutableArray<NativePrincipal> Principals,
    ImmutableArray<string> Sources,
    string? Group,
    ImmutableArray<string> People,
    ImmutableArray<string> Tags,
    ImmutableArray<string> OuterGroups)
{
    /// <summary>Names a subject; reports why it cannot be named and then returns nothing.</summary>
    internal static TailnetSubject? Read(IdentityLink link, DiagnosticBag diagnostics)
    {
        var people = new SortedSet<string>(StringComparer.Ordinal);
        var tags = new SortedSet<string>(StringComparer.Ordinal);
        var groups = new SortedSet<string>(StringComparer.Ordinal);
        var isSound = true;
        foreach (var principal in link.Principals)
        {
            isSound &= principal.Kind switch
            {
                PrincipalKind.Person => AddPerson(principal),
                PrincipalKind.Machine => AddMachine(principal),
                _ => AddGroup(principal),
            };
        }

        // A person is named directly; several people are a group, also where only one is left, so that a change of members changes one line.
        var group = people.Count > 0 && link.Subject.Kind == SubjectKind.Group ? TailscaleNames.GroupOf(link.Subject.Name) : null;
        if (group is not null && !TailscaleNames.IsName(link.Subject.Name))
        {
            diagnostics.Report(
                TailscaleDiagnostics.InvalidGroupName,
                link.Subject.Location,
                $"group `{link.Subject.Name}` cannot become a group of the policy file of path `{link.Path.Name}`",
                "a name begins with a small letter and holds small letters, digits and dashes");
            isSound = false;
        }

        if (!isSound)
        {
            return null;
        }

        string[] sources = [.. group is null ? people : [group], .. tags, .. groups];
        Array.Sort(sources, StringComparer.Ordinal);
        return new TailnetSubject(link.Subject, link.Principals, [.. sources], group, [.. people], [.. tags], [.. groups]);

        bool AddPerson(NativePrincipal person)
        {
            if (TailscaleNames.Login(person.Value) is { } login)
            {
                people.Add(login);
                return true;
            }

            diagnostics.Report(
                TailscaleDiagnostics.InvalidLogin,
                person.Location,
                $"`{person.Value}` is no login that Tailscale knows `{person.Origin.Name}` by",
                $"a login is an e-mail, or a name at a provider such as `alice@github`; give it as `{link.Path.Name} = \"…\"`");
            return false;
        }

        bool AddMachine(NativePrincipal machine)
        {
            if (TailscaleNames.IsTag(machine.Value))
            {
                tags.Add(machine.Value);
                return true;
            }

            diagnostics.Report(TailscaleDiagnostics.InvalidIdentity, machine.Location, $"`{machine.Value}` cannot stand for machine `{machine.Origin.Name}` on path `{link.Path.Name}`", "a machine is the tag that its devices carry, such as `tag:ci`");
            return false;
        }

        bool AddGroup(NativePrincipal outer)
        {
            if (TailscalePathKind.IsGroup(outer.Value))
            {
                groups.Add(outer.Value);
                return true;
            }

            diagnostics.Report(
                TailscaleDiagnostics.InvalidIdentity,
                outer.Location,
                $"Tailscale does not know group `{outer.Value}` of `{outer.Provider}` that stands for `{outer.Origin.Name}` on path `{link.Path.Name}`",
                $"list its members, or give the group that your identity provider syncs to Tailscale: `{link.Path.Name} = \"group:name@domain\"`");
            return false;
        }
    }

    /// <summary>Whether a link names the same people, groups and machines.</summary>
    internal bool IsNamedBy(IdentityLink link)
        => Principals == link.Principals
            || (Principals.Length == link.Principals.Length
                && Principals.Zip(link.Principals).All(pair => pair.First.Kind == pair.Second.Kind && string.Equals(pair.First.Value, pair.Second.Value, StringComparison.Ordinal)));
}
