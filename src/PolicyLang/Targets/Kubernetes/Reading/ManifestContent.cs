using PolicyLang.Reading;

namespace PolicyLang.Targets.Kubernetes.Reading;

/// <summary>What files hold, gathered file by file.</summary>
internal sealed class ManifestContent
{
    public List<RbacRoleObject> Roles { get; } = [];

    public List<RbacBindingObject> Bindings { get; } = [];

    public List<ReadingProblem> Problems { get; } = [];

    public List<OtherEffect> Effects { get; } = [];

    /// <summary>Forgets what was added behind a point, to read a file otherwise.</summary>
    public void ReturnTo(int roles, int bindings)
    {
        Roles.RemoveRange(roles, Roles.Count - roles);
        Bindings.RemoveRange(bindings, Bindings.Count - bindings);
    }
}
