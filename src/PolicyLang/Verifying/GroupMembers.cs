using System.Collections.Immutable;
using PolicyLang.Data;
using PolicyLang.Diagnostics;

namespace PolicyLang.Verifying;

/// <summary>Who is in which group, as an identity provider says. Names are compared without case, as providers do.</summary>
/// <param name="Groups">The members by group.</param>
public sealed record GroupMembers(ImmutableSortedDictionary<string, ImmutableSortedSet<string>> Groups)
{
    private static readonly ImmutableArray<string> GroupNames = ["slug", "group", "team", "name", "displayName"];
    private static readonly ImmutableArray<string> PersonNames = ["login", "email", "userPrincipalName", "userName", "mail"];

    /// <summary>Reads an export: a block of lists by group (<c>acme/sre: [alice, bob]</c>), or a list of groups that each have a name and <c>members</c>, which are names or objects with one.</summary>
    /// <param name="source">The text, YAML or JSON.</param>
    /// <param name="diagnostics">Receives what is wrong with it.</param>
    public static GroupMembers? Read(SourceText source, DiagnosticBag diagnostics)
    {
        var groups = ImmutableSortedDictionary.CreateBuilder<string, ImmutableSortedSet<string>>(StringComparer.OrdinalIgnoreCase);
        switch (YamlDataReader.Read(source, diagnostics))
        {
            case null:
                return null;
            case DataMap map:
                foreach (var entry in map.Entries)
                {
                    Add(entry.Key, entry.Value, groups, diagnostics);
                }

                break;
            case DataList list:
                foreach (var item in list.Items)
                {
                    if (item is DataMap group && TextOf(group, GroupNames) is { } name && group.Find("members") is { } members)
                    {
                        Add(OrganizationOf(group) is { } organization ? $"{organization}/{name}" : name, members.Value, groups, diagnostics);
                    }
                    else
                    {
                        diagnostics.Report(VerifyDiagnostics.InvalidMembers, item.Location, "a group needs a name and `members`", "write `- name: acme/sre` with `members: [alice, bob]`, or a block `acme/sre: [alice, bob]`");
                    }
                }

                break;
            case var other:
                diagnostics.Report(VerifyDiagnostics.InvalidMembers, other.Location, "this holds no groups", "write `acme/sre: [alice, bob]`");
                break;
        }

        return diagnostics.HasErrors ? null : new GroupMembers(groups.ToImmutable());
    }

    private static void Add(string name, DataNode members, ImmutableSortedDictionary<string, ImmutableSortedSet<string>>.Builder groups, DiagnosticBag diagnostics)
    {
        if (members is not DataList list)
        {
            diagnostics.Report(VerifyDiagnostics.InvalidMembers, members.Location, $"the members of `{name}` must be a list", $"write `{name}: [alice, bob]`");
            return;
        }

        var people = groups.GetValueOrDefault(name, ImmutableSortedSet.Create<string>(StringComparer.OrdinalIgnoreCase)).ToBuilder();
        foreach (var item in list.Items)
        {
            switch (item)
            {
                case DataScalar { Text.Length: > 0 } scalar:
                    people.Add(scalar.Text);
                    break;
                case DataMap map when TextOf(map, PersonNames) is { } person:
                    people.Add(person);
                    break;
                default:
                    diagnostics.Report(VerifyDiagnostics.InvalidMembers, item.Location, $"a member of `{name}` has no name", $"a member is a name, or has one of {string.Join(", ", PersonNames.Select(p => $"`{p}`"))}");
                    break;
            }
        }

        groups[name] = people.ToImmutable();
    }

    private static string? OrganizationOf(DataMap group) => TextOf(group, ["organization", "org"]);

    private static string? TextOf(DataMap map, ImmutableArray<string> keys)
        => keys.Select(key => map.Find(key)?.Value).OfType<DataScalar>().Select(scalar => scalar.Text).FirstOrDefault(text => text.Length > 0);
}
