using System.Collections.Immutable;
using PolicyLang.Data;

namespace PolicyLang.Linting.Artefacts.Kubernetes;

/// <summary>The groups that access proxies hand out, wherever files of the run say so.</summary>
internal static class HandedOutGroups
{
    // https://tailscale.com/kb/1437/kubernetes-operator-api-server-proxy
    private const string TailnetCapability = "tailscale.com/cap/kubernetes";

    /// <summary>The groups, each time that they are named.</summary>
    public static ImmutableArray<DataScalar> In(ImmutableArray<ArtefactFile> files)
    {
        var found = ImmutableArray.CreateBuilder<DataScalar>();
        foreach (var document in files.SelectMany(file => file.Documents).OfType<DataMap>())
        {
            found.AddRange(document.Maps("grants").SelectMany(grant => grant.Map("app").Maps(TailnetCapability)).SelectMany(capability => capability.Map("impersonate").Texts("groups")));
            if (document.Text("kind") is { Text: "role" })
            {
                found.AddRange(document.Map("spec").Map("allow").Texts("kubernetes_groups"));
            }
        }

        return found.ToImmutable();
    }
}
