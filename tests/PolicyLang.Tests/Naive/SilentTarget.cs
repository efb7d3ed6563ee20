using PolicyLang.Data;
using PolicyLang.Semantics;
using PolicyLang.Targets;

namespace PolicyLang.Tests.Naive;

/// <summary>A target that has its kind of path and writes nothing.</summary>
internal sealed class SilentTarget(ITarget target) : ITarget
{
    public string Name => target.Name;

    public PathKind? PathKind => target.PathKind;

    public SettingSchema ProjectSettings => target.ProjectSettings;

    public TargetOutput Write(TargetContext context, CancellationToken cancellation) => TargetOutput.Empty;
}
