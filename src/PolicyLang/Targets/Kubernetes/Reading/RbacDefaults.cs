namespace PolicyLang.Targets.Kubernetes.Reading;

/// <summary>What the API server fills in before it validates (Kubernetes, pkg/apis/rbac/v1/defaults.go).</summary>
internal static class RbacDefaults
{
    public static RbacObject Apply(RbacObject value) => value is RbacBindingObject binding ? Apply(binding) : value;

    private static RbacBindingObject Apply(RbacBindingObject binding)
    {
        var roleRef = binding.RoleRef.ApiGroup.Length == 0 ? binding.RoleRef with { ApiGroup = RbacWords.Group } : binding.RoleRef;
        var subjects = binding.Subjects;
        for (var i = 0; i < subjects.Length; i++)
        {
            if (subjects[i] is { ApiGroup: "", Kind: RbacWords.UserSubject or RbacWords.GroupSubject } subject)
            {
                subjects = subjects.SetItem(i, subject with { ApiGroup = RbacWords.Group });
            }
        }

        return ReferenceEquals(roleRef, binding.RoleRef) && subjects == binding.Subjects ? binding : binding with { RoleRef = roleRef, Subjects = subjects };
    }
}
