using System.Collections.Immutable;
using PolicyLang.Diagnostics;

namespace PolicyLang.Projects;

/// <summary>A project as it was read.</summary>
/// <param name="Settings">What <c>policyc.yaml</c> says, or the defaults.</param>
/// <param name="Policies">The policy files that could be read, in ordinal order of their paths.</param>
/// <param name="ProjectFile">The text of <c>policyc.yaml</c>; absent when there is none or it cannot be read.</param>
public sealed record Project(ProjectSettings Settings, ImmutableArray<SourceText> Policies, SourceText? ProjectFile);
