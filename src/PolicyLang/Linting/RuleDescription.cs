using System.Collections.Immutable;
using PolicyLang.Diagnostics;

namespace PolicyLang.Linting;

/// <summary>How loud a lint rule is.</summary>
public enum LintLevel
{
    /// <summary>The rule is not checked.</summary>
    Off,

    /// <summary>Worth knowing; never changes the exit status.</summary>
    Info,

    /// <summary>Probably a mistake.</summary>
    Warning,

    /// <summary>Must not stay.</summary>
    Error,
}

/// <summary>What a lint rule is about. A category can be given a level as a whole.</summary>
public enum RuleCategory
{
    /// <summary>Rights that reach further than they seem to, up to control of the cluster.</summary>
    Escalation,

    /// <summary>Access for more people, machines or networks than anybody means to let in.</summary>
    Exposure,

    /// <summary>Something that does not do what it says, or nothing at all.</summary>
    Correctness,

    /// <summary>Checks and safeguards that are weaker than they look.</summary>
    Assurance,

    /// <summary>Text that can be left out or said more plainly.</summary>
    Upkeep,
}

/// <summary>Whether a rule is settled.</summary>
public enum RuleLifecycle
{
    /// <summary>New; off unless asked for by its name or with <c>--preview</c>, and may change.</summary>
    Preview,

    /// <summary>Settled.</summary>
    Stable,

    /// <summary>Kept so that settings that name it still load; never checked.</summary>
    Deprecated,
}

/// <summary>Whose files a lint rule reads.</summary>
public enum RuleSystem
{
    /// <summary>Policies, <c>*.policy</c>.</summary>
    Policy,

    /// <summary>Manifests of Kubernetes RBAC.</summary>
    Kubernetes,

    /// <summary>Tailnet policy files.</summary>
    Tailscale,

    /// <summary>Teleport roles and connectors.</summary>
    Teleport,

    /// <summary>Cloudflare Gateway rules.</summary>
    Cloudflare,

    /// <summary>Clouds' own access to their clusters, in Terraform.</summary>
    Clouds,

    /// <summary>Whatever policyc lints.</summary>
    Any,
}

/// <summary>A file that shows a rule. Tests hold that <see cref="RuleDescription.Avoid"/> is found and <see cref="RuleDescription.Prefer"/> is not.</summary>
/// <param name="FileName">The name; it says what the file is.</param>
/// <param name="Text">The content.</param>
public sealed record RuleExample(string FileName, string Text);

/// <summary>Something to read about a rule.</summary>
/// <param name="Title">What it is.</param>
/// <param name="Url">Where it is.</param>
public sealed record RuleReference(string Title, string Url);

/// <summary>Everything that is said about a lint rule: `policyc rules`, the documentation, the JSON Schema of the project file and SARIF all come from here.</summary>
/// <param name="Id">The stable kebab-case name; it names what is bad.</param>
/// <param name="System">Whose files it reads.</param>
/// <param name="Category">What it is about.</param>
/// <param name="DefaultLevel">How loud it is unless the project says otherwise.</param>
public sealed record RuleDescription(string Id, RuleSystem System, RuleCategory Category, LintLevel DefaultLevel)
{
    /// <summary>Whether it is settled.</summary>
    public RuleLifecycle Lifecycle { get; init; } = RuleLifecycle.Stable;

    /// <summary>What it finds: one sentence, lower case, no full stop.</summary>
    public required string What { get; init; }

    /// <summary>Why that matters: full sentences.</summary>
    public required string Why { get; init; }

    /// <summary>A small file in which it finds something.</summary>
    public required RuleExample Avoid { get; init; }

    /// <summary>The same file without it.</summary>
    public required RuleExample Prefer { get; init; }

    /// <summary>What to read.</summary>
    public ImmutableArray<RuleReference> References { get; init; } = [];

    /// <summary>What a fix does, where there is one: <c>removes the second rule</c>.</summary>
    public string? Fix { get; init; }

    /// <summary>The kind of diagnostic that the rule reports at a level.</summary>
    /// <param name="level">The level; not <see cref="LintLevel.Off"/>.</param>
    public DiagnosticDescriptor ToDescriptor(LintLevel level) => new(Id, LintLevelNames.SeverityOf(level), What);
}
