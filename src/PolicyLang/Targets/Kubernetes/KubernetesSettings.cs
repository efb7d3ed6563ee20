using PolicyLang.Access;
using PolicyLang.Data;
using PolicyLang.Diagnostics;

namespace PolicyLang.Targets.Kubernetes;

/// <summary>What delivers the files to the clusters.</summary>
internal enum Delivery
{
    None,
    ArgoCd,
    Flux,
}

/// <summary>Who applies the files: a user, a group, or a service account when there is a namespace.</summary>
internal sealed record Applier(RbacSubjectKind Kind, string Name, string? ServiceAccountNamespace);

/// <summary>The checked <c>kubernetes:</c> section of <c>policyc.yaml</c>.</summary>
internal sealed record KubernetesSettings(string OutputTemplate, string MarkerNamespace, Delivery Delivery, Applier? Applier)
{
    private const string ClusterPlaceholder = "{cluster}";
    private const string DefaultOutput = "kubernetes/{cluster}/";
    private const string DefaultMarkerNamespace = "default";

    /// <summary>What the section takes. The project itself reads <c>version</c> and <c>custom_resources</c>.</summary>
    public static SettingSchema Schema { get; } = new(
    [
        new SettingDefinition("version", SettingKind.Text, "the Kubernetes version of clusters that do not say otherwise, such as `1.33`") { Default = "1.36" },
        new SettingDefinition("output", SettingKind.Text, "the folder for a cluster's files; `{cluster}` stands for the cluster's name") { Default = DefaultOutput },
        new SettingDefinition("marker_namespace", SettingKind.Text, "the namespace of the ConfigMap that keeps the set of objects from ever being empty") { Default = DefaultMarkerNamespace },
        new SettingDefinition("custom_resources", SettingKind.BlockList, "the custom resources that roles and guards may name")
        {
            Children = new SettingSchema(
            [
                new SettingDefinition("name", SettingKind.Text, "the plural name and the API group, such as `certificates.cert-manager.io`") { IsRequired = true },
                new SettingDefinition("namespaced", SettingKind.Flag, "whether its objects stand in namespaces") { Default = "true" },
                new SettingDefinition("subresources", SettingKind.TextList, "its subresources, such as `status`"),
            ]),
        },
        new SettingDefinition("delivery", SettingKind.Text, "what delivers the files: adds the annotations it needs") { Choices = ["none", "argocd", "flux"], Default = "none" },
        new SettingDefinition("applier", SettingKind.Text, "the identity that applies the files: `User:NAME`, `Group:NAME` or `ServiceAccount:NAMESPACE/NAME`"),
    ]);

    /// <summary>Checks the section; every mistake is reported once and then nothing is returned.</summary>
    public static KubernetesSettings? Read(SettingBlock section, DiagnosticBag diagnostics)
    {
        var output = section.GetText("output", DefaultOutput);
        var markerNamespace = section.GetText("marker_namespace", DefaultMarkerNamespace);
        var isValid = true;
        if (WhyNoTemplate(output) is { } reason)
        {
            isValid = false;
            diagnostics.Report(
                KubernetesDiagnostics.InvalidOutputTemplate,
                section.LocationOf("output"),
                $"the kubernetes output `{output}` {reason}",
                $"write a relative folder such as `{DefaultOutput}`");
        }

        if (!KubernetesNames.IsDnsLabel(markerNamespace))
        {
            isValid = false;
            diagnostics.Report(
                KubernetesDiagnostics.InvalidMarkerNamespace,
                section.LocationOf("marker_namespace"),
                $"`{markerNamespace}` cannot be a namespace",
                "a namespace has at most 63 lower-case letters, digits and dashes");
        }

        Applier? applier = null;
        if (section.FindText("applier") is { } text)
        {
            applier = ReadApplier(text.Text);
            if (applier is null)
            {
                isValid = false;
                diagnostics.Report(
                    KubernetesDiagnostics.InvalidApplier,
                    text.Location,
                    $"the applier `{text.Text}` is not an identity that rights can be given to",
                    "write `User:NAME`, `Group:NAME` or `ServiceAccount:NAMESPACE/NAME`; names that start with `system:` or `policyc:` are reserved");
            }
        }

        var delivery = section.GetText("delivery", "none") switch
        {
            "argocd" => Delivery.ArgoCd,
            "flux" => Delivery.Flux,
            _ => Delivery.None,
        };
        return isValid ? new KubernetesSettings(output.EndsWith('/') ? output : output + "/", markerNamespace, delivery, applier) : null;
    }

    /// <summary>The folder of a cluster, with a slash at the end.</summary>
    public string FolderOf(string cluster) => OutputTemplate.Replace(ClusterPlaceholder, cluster, StringComparison.Ordinal);

    private static string? WhyNoTemplate(string template)
    {
        if (!template.Contains(ClusterPlaceholder, StringComparison.Ordinal))
        {
            return "does not hold `{cluster}`, so all clusters would share one folder";
        }

        var rest = template.Replace(ClusterPlaceholder, "x", StringComparison.Ordinal);
        if (rest.AsSpan().IndexOfAny('{', '}') >= 0)
        {
            return "holds a placeholder other than `{cluster}`";
        }

        if (rest.AsSpan().IndexOfAny('\\', ':') >= 0 || !KubernetesNames.IsWritable(rest))
        {
            return "holds a character that is no part of a folder name everywhere";
        }

        var trimmed = rest.EndsWith('/') ? rest[..^1] : rest;
        foreach (var range in trimmed.AsSpan().Split('/'))
        {
            if (trimmed.AsSpan(range) is "" or "." or "..")
            {
                return "is not a relative folder";
            }
        }

        return null;
    }

    private static Applier? ReadApplier(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var name = colon < 0 ? "" : text[(colon + 1)..];
        if (name.Length == 0 || !KubernetesNames.IsWritable(name)
            || name.StartsWith(KubernetesNames.SystemPrefix, StringComparison.Ordinal) || name.StartsWith(KubernetesNames.OwnPrefix, StringComparison.Ordinal))
        {
            return null;
        }

        switch (text[..colon])
        {
            case "User":
                return new Applier(RbacSubjectKind.User, name, null);
            case "Group":
                return new Applier(RbacSubjectKind.Group, name, null);
            case "ServiceAccount":
                var slash = name.IndexOf('/', StringComparison.Ordinal);
                return slash > 0 && KubernetesNames.IsDnsLabel(name.AsSpan(0, slash)) && KubernetesNames.IsDnsSubdomain(name[(slash + 1)..])
                    ? new Applier(RbacSubjectKind.User, name[(slash + 1)..], name[..slash])
                    : null;
            default:
                return null;
        }
    }
}
