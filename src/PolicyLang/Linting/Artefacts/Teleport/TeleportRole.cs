using System.Collections.Immutable;
using PolicyLang.Data;
using PolicyLang.Diagnostics;

namespace PolicyLang.Linting.Artefacts.Teleport;

/// <summary>A role, whatever carries it: its body has <c>metadata</c> and <c>spec</c> everywhere.</summary>
internal sealed class TeleportRole
{
    private static readonly ImmutableArray<string> Versions = ["v3", "v4", "v5", "v6", "v7", "v8"];

    /// <summary>Takes a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="head">What shows where the role is when it has no name.</param>
    /// <param name="version">What says its version: a text such as <c>v7</c>, or the kind of a custom resource.</param>
    /// <param name="isCustomResource">Whether it is a custom resource of the operator.</param>
    public TeleportRole(DataMap body, DataNode head, DataScalar? version, bool isCustomResource)
    {
        Body = body;
        Metadata = TeleportData.Map(body, "metadata");
        Name = TeleportData.Text(Metadata, "name");
        Head = (Name ?? head).Location;
        Spec = TeleportData.Map(body, "spec");
        Allow = TeleportData.Map(Spec, "allow");
        Deny = TeleportData.Map(Spec, "deny");
        VersionText = version;
        IsCustomResource = isCustomResource;
        IsOfOldProvider = TeleportData.IsBlock(body, "spec") || TeleportData.IsBlock(body, "metadata");
        var text = !isCustomResource ? version?.Text : version?.Text is "TeleportRole" ? TeleportData.Text(body, "apiVersion")?.Text.Split('/')[^1] : version?.Text.Replace("TeleportRoleV", "v", StringComparison.Ordinal);
        Version = text is not null && Versions.Contains(text) ? text[1] - '0' : null;
    }

    /// <summary>The body.</summary>
    public DataMap Body { get; }

    /// <summary>Its name, labels and description.</summary>
    public DataMap? Metadata { get; }

    /// <summary>The name.</summary>
    public DataScalar? Name { get; }

    /// <summary>Where the role is shown.</summary>
    public SourceLocation Head { get; }

    /// <summary>What it says.</summary>
    public DataMap? Spec { get; }

    /// <summary>What it allows.</summary>
    public DataMap? Allow { get; }

    /// <summary>What it denies.</summary>
    public DataMap? Deny { get; }

    /// <summary>What says the version; absent where nothing does.</summary>
    public DataScalar? VersionText { get; }

    /// <summary>The version, 3 to 8; absent where it is not known.</summary>
    public int? Version { get; }

    /// <summary>Whether it is a custom resource of the operator.</summary>
    public bool IsCustomResource { get; }

    /// <summary>Whether it is written for old versions of the Terraform provider, in blocks.</summary>
    public bool IsOfOldProvider { get; }

    /// <summary>The groups that it gives.</summary>
    public IEnumerable<DataScalar> Groups => TeleportData.Texts(Allow, "kubernetes_groups");

    /// <summary>The labels by which it selects clusters. Blocks of the old provider have keys and values apart, and no labels as keys.</summary>
    public ImmutableArray<DataEntry> Labels => IsOfOldProvider ? [] : TeleportData.Map(Allow, "kubernetes_labels")?.Entries ?? [];

    /// <summary>Whether it selects clusters at all, or says that it selects none.</summary>
    public bool SelectsClusters => Allow?.Find("kubernetes_labels") is not null || TeleportData.Says(Allow, "kubernetes_labels_expression");

    /// <summary>Whether it surely reaches no cluster by itself: only up to v3 a role that names none is for all.</summary>
    public bool ReachesNoCluster => Version >= 4 && !SelectsClusters;

    /// <summary>Whether a label selects every cluster.</summary>
    public static bool IsEveryCluster(DataEntry label) => label.Key == "*" && TeleportData.Texts(label.Value).Any(value => value.Text == "*");
}
