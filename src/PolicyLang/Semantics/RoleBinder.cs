using System.Collections.Immutable;
using PolicyLang.Semantics.Rights;
using PolicyLang.Syntax;

namespace PolicyLang.Semantics;

/// <summary>Binds roles.</summary>
internal sealed class RoleBinder(BindingContext context)
{
    private const string ReservedPrefix = "policyc:";

    private readonly Dictionary<string, RoleSyntax> _declarations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Role?> _bound = new(StringComparer.Ordinal);
    private readonly List<string> _chain = [];

    public void Declare(RoleSyntax role)
    {
        if (context.CheckName(role.Name)
            && !context.ReportIfDuplicate(role.Name.Text, role.Name.Location, _declarations.GetValueOrDefault(role.Name.Text)?.Name.Location, "role"))
        {
            _declarations.Add(role.Name.Text, role);
        }
    }

    public void BindAll()
    {
        foreach (var declaration in _declarations.Values)
        {
            Bind(declaration);
        }
    }

    public Role? Resolve(WordSyntax name)
    {
        if (_declarations.TryGetValue(name.Text, out var declaration))
        {
            return Bind(declaration);
        }

        context.ReportUnknown(name, "role", _declarations.Keys, $"declare it: `role {name.Text} = clusterrole \"…\"`");
        return null;
    }

    private Role? Bind(RoleSyntax declaration)
    {
        var name = declaration.Name.Text;
        if (_bound.TryGetValue(name, out var bound))
        {
            return bound;
        }

        if (_chain.Contains(name))
        {
            var cycle = _chain.SkipWhile(n => n != name).Append(name).Select(n => $"`{n}`");
            context.Report(SemanticDiagnostics.CyclicDeclaration, declaration.Name.Location, $"role `{name}` includes itself: {string.Join(" > ", cycle)}", "remove one of the includes");
            return null;
        }

        _chain.Add(name);
        var role = BindItems(declaration);
        _chain.RemoveAt(_chain.Count - 1);
        _bound.TryAdd(name, role);
        return role;
    }

    private Role? BindItems(RoleSyntax declaration)
    {
        var existing = new SortedSet<string>(StringComparer.Ordinal);
        var parts = new SortedDictionary<string, OwnRolePart>(StringComparer.Ordinal);
        var phrases = ImmutableArray.CreateBuilder<BoundRights>();
        var hasMistake = false;
        foreach (var item in declaration.Items)
        {
            switch (item)
            {
                case ExistingClusterRoleSyntax clusterRole:
                    hasMistake |= !AddExisting(clusterRole.ClusterRole, existing);
                    break;
                case IncludeSyntax include:
                    foreach (var word in context.Distinct(include.Roles))
                    {
                        var included = Resolve(word);
                        hasMistake |= included is null;
                        existing.UnionWith(included?.ExistingClusterRoles ?? []);
                        foreach (var part in included?.OwnParts ?? [])
                        {
                            parts[part.RoleName] = part;
                        }
                    }

                    break;
                case CanSyntax can:
                    var rights = context.Bind(can.Rights, RightsPurpose.Role);
                    hasMistake |= rights is null;
                    if (rights is not null)
                    {
                        phrases.Add(rights);
                    }

                    break;
            }
        }

        if (declaration.Items.IsEmpty)
        {
            context.Report(SemanticDiagnostics.EmptyRole, declaration.Name.Location, $"role `{declaration.Name.Text}` has no content", "give it rights: `can read pods`, `include view`, or `= clusterrole \"view\"`");
            return null;
        }

        if (phrases.Count > 0)
        {
            parts[declaration.Name.Text] = new OwnRolePart(declaration.Name.Text, phrases.ToImmutable());
        }

        return hasMistake ? null : new Role(declaration.Name.Text, [.. existing], [.. parts.Values], declaration.Name.Location);
    }

    private bool AddExisting(WordSyntax clusterRole, SortedSet<string> existing)
    {
        if (DeclaredNames.IsPathSegment(clusterRole.Text) && !clusterRole.Text.StartsWith(ReservedPrefix, StringComparison.Ordinal))
        {
            existing.Add(clusterRole.Text);
            return true;
        }

        context.Report(
            SemanticDiagnostics.InvalidClusterRole,
            clusterRole.Location,
            clusterRole.Text.StartsWith(ReservedPrefix, StringComparison.Ordinal) ? $"the ClusterRole `{clusterRole.Text}` starts with `{ReservedPrefix}`, which is for generated ones" : $"no ClusterRole can be called `{clusterRole.Text}`",
            clusterRole.Text.StartsWith(ReservedPrefix, StringComparison.Ordinal) ? "include the role that it is generated from" : "a name has no `/` and no `%`, and is shorter than 253 characters");
        return false;
    }
}
