namespace PolicyLang.Targets.Teleport.Reading;

/// <summary>Reads a role's <c>spec</c>, which is the same in each form of delivery.</summary>
internal static class RoleReader
{
    public static RoleModel Read(ResourceScope scope, RoleModel role, Node spec)
    {
        var options = default(Node);
        var allow = default(Node);
        var deny = default(Node);
        if (scope.IsMap(spec))
        {
            foreach (var (key, value) in spec.Pairs)
            {
                switch (key.Text)
                {
                    case "options":
                        options = value;
                        break;
                    case "allow":
                        allow = value;
                        break;
                    case "deny":
                        deny = value;
                        break;
                    default:
                        scope.Unknown(key);
                        break;
                }
            }
        }

        var allowed = new RoleConditionsReader(scope, role.Version, isAllow: true).Read(allow);
        var denied = new RoleConditionsReader(scope, role.Version, isAllow: false).Read(deny);
        var demands = RoleOptionsReader.Read(scope, options, spec);
        var filter = ResourceFilter.WithDefaults(role.Version, allowed.Resources);
        var passes = !scope.Rules.HasKubernetesResources || filter.IsEverything;
        if (!passes && (!allowed.Labels.IsEmpty || allowed.HasExpression))
        {
            scope.Unsure("`kubernetes_resources` narrow what the groups give", allow);
        }

        if (!denied.Resources.IsEmpty)
        {
            scope.Unsure("`kubernetes_resources` that are denied narrow what the groups give", deny);
        }

        return role with
        {
            Allow = allowed,
            Deny = denied,
            Filter = filter,
            PassesEverything = passes,
            DemandsSessionMfa = demands.SessionMfa,
            Device = demands.Device,
            DemandsRequest = demands.Request,
            IsUndecided = scope.IsUndecided,
        };
    }
}
