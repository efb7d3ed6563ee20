using System.Collections.Immutable;
using PolicyLang.Data;
using PolicyLang.Linting.Artefacts.Terraform;

namespace PolicyLang.Linting.Artefacts.Teleport;

/// <summary>The roles and GitHub connectors of a run.</summary>
/// <param name="Roles">The roles, in the order of files and documents.</param>
/// <param name="Connectors">The connectors.</param>
internal sealed record LintedTeleport(ImmutableArray<TeleportRole> Roles, ImmutableArray<TeleportConnector> Connectors)
{
    private const string OperatorGroup = "resources.teleport.dev/";

    /// <summary>Finds what <c>tctl</c>, the Kubernetes operator and Terraform take as roles and connectors.</summary>
    public static LintedTeleport Read(ImmutableArray<ArtefactFile> files, TerraformResources terraform)
    {
        var roles = ImmutableArray.CreateBuilder<TeleportRole>();
        var connectors = ImmutableArray.CreateBuilder<TeleportConnector>();
        foreach (var document in files.SelectMany(file => file.Documents).OfType<DataMap>())
        {
            if (document.Find("kind")?.Value is not DataScalar kind || document.Find("spec")?.Value is not DataMap)
            {
                continue;
            }

            var isCustomResource = TeleportData.Text(document, "apiVersion")?.Text is { } version && version.StartsWith(OperatorGroup, StringComparison.Ordinal);
            switch (kind.Text)
            {
                case "role" when document.Find("apiVersion") is null:
                    roles.Add(new TeleportRole(document, kind, TeleportData.Text(document, "version"), isCustomResource: false));
                    break;
                case "github" when document.Find("apiVersion") is null:
                    connectors.Add(new TeleportConnector(document, kind));
                    break;
                case "TeleportRole" or "TeleportRoleV6" or "TeleportRoleV7" or "TeleportRoleV8" when isCustomResource:
                    roles.Add(new TeleportRole(document, kind, kind, isCustomResource: true));
                    break;
                case "TeleportGithubConnector" when isCustomResource:
                    connectors.Add(new TeleportConnector(document, kind));
                    break;
            }
        }

        roles.AddRange(terraform.Of("teleport_role").Select(role => new TeleportRole(role.Body, HeadOf(role), TeleportData.Text(role.Body, "version"), isCustomResource: false)));
        connectors.AddRange(terraform.Of("teleport_github_connector").Select(connector => new TeleportConnector(connector.Body, HeadOf(connector))));
        return new LintedTeleport(roles.ToImmutable(), connectors.ToImmutable());
    }

    private static DataScalar HeadOf(TerraformResource resource) => new(resource.Name, IsQuoted: true, resource.NameLocation);
}
