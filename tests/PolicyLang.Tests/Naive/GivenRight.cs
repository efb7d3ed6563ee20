namespace PolicyLang.Tests.Naive;

/// <summary>That a rule gives somebody a role on a cluster.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Who">A subject's name: the one that the rule names, or whoever is in it, at any depth.</param>
/// <param name="Path">The path.</param>
/// <param name="Condition">The postures that must hold, sorted and joined by <c>+</c>.</param>
/// <param name="Role">The existing ClusterRole by name, or a role of the policy's own with all that it holds.</param>
/// <param name="Namespace">The namespace, or <c>*</c> for the whole cluster.</param>
internal readonly record struct GivenRight(string Cluster, string Who, string Path, string Condition, string Role, string Namespace)
{
    public override string ToString()
        => $"on cluster `{Cluster}`, `{Who}` via {Path}{(Condition.Length == 0 ? "" : $" when {Condition}")} as {Role} in {Namespace}";
}
