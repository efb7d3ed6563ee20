using System.Collections.Immutable;

namespace PolicyLang.Targets;

/// <summary>The targets that policyc knows. A new target is a folder and a line here.</summary>
public static class TargetRegistry
{
    /// <summary>All targets, by name.</summary>
    public static ImmutableArray<ITarget> All { get; } =
    [
    ];
}
