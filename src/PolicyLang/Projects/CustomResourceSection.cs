using System.Collections.Immutable;
using PolicyLang.Data;
using PolicyLang.Diagnostics;

namespace PolicyLang.Projects;

/// <summary>Reads <c>custom_resources</c>.</summary>
internal static class CustomResourceSection
{
    public static ImmutableArray<CustomResource> Read(ImmutableArray<(SettingText Key, SettingBlock Block)> blocks, DiagnosticBag diagnostics)
    {
        var resources = ImmutableArray.CreateBuilder<CustomResource>(blocks.Length);
        var first = new Dictionary<string, SourceLocation>(StringComparer.Ordinal);
        foreach (var (_, block) in blocks)
        {
            if (block.FindText("name") is not { } name)
            {
                continue; // said already
            }

            var point = name.Text.IndexOf('.', StringComparison.Ordinal);
            var group = point < 0 ? "" : name.Text[(point + 1)..];

            // The API server names a definition `<plural>.<group>` and wants a group of several labels (Kubernetes documentation, "Extend the Kubernetes API with CustomResourceDefinitions").
            if (!DnsNames.IsLabel(point < 0 ? "" : name.Text[..point]) || !group.Contains('.', StringComparison.Ordinal) || !DnsNames.IsSubdomain(group))
            {
                diagnostics.Report(
                    ProjectDiagnostics.InvalidCustomResource,
                    name.Location,
                    $"`{name.Text}` is not the name of a CustomResourceDefinition",
                    "write `plural.group`, such as `certificates.cert-manager.io`; `kubectl get crds` lists them");
                continue;
            }

            if (!first.TryAdd(name.Text, name.Location))
            {
                diagnostics.Report(ProjectDiagnostics.InvalidCustomResource, name.Location, $"the custom resource `{name.Text}` is given twice", "keep one of them", new RelatedLocation(first[name.Text], "first given here"));
                continue;
            }

            resources.Add(new CustomResource(
                name.Text[..point],
                group,
                block.GetFlag("namespaced", true),
                ReadSubresources(name.Text, block.GetList("subresources"), diagnostics),
                name.Location));
        }

        return resources.ToImmutable();
    }

    private static ImmutableArray<string> ReadSubresources(string resource, ImmutableArray<SettingText> texts, DiagnosticBag diagnostics)
    {
        var subresources = ImmutableArray.CreateBuilder<string>(texts.Length);
        foreach (var text in texts)
        {
            if (DnsNames.IsLabel(text.Text) && !subresources.Contains(text.Text))
            {
                subresources.Add(text.Text);
            }
            else
            {
                diagnostics.Report(ProjectDiagnostics.InvalidCustomResource, text.Location, $"`{text.Text}` cannot be a subresource of `{resource}`, or is given twice", "write the bare name, such as `status` or `scale`");
            }
        }

        return subresources.ToImmutable();
    }
}
