using System.Collections.Immutable;

namespace PolicyLang.Cli.Commands;

/// <summary>The project that <c>policyc init</c> writes.</summary>
internal static class StarterProject
{
    private const string ProjectFile = """
        # A policyc project. All *.policy files in this folder are one policy.
        language: 1

        """;

    private const string Policy = """
        # Who may reach which Kubernetes cluster, as what. What is not said here is denied.

        cluster staging {
          tailscale { tag = "tag:k8s-staging" }  # the tag of the cluster's Tailscale operator proxy
        }

        group platform { members = [alice@example.com, bob@example.com] }

        role view = clusterrole "view"  # a ClusterRole that the cluster has already

        role logs {  # and one that policyc writes
          can read pods
          can get  pods/log
        }

        allow platform        as view on staging cluster-wide because "everybody in the team looks after it"
        allow bob@example.com as logs on staging in kube-system via tailscale until 2099-12-31

        """;

    private const string Readme = """
        # Access policy

        `access.policy` says who may reach which Kubernetes cluster. `policyc build` compiles it to `out/`; commit both.
        In CI, `policyc build --check` fails when they do not agree.

        """;

    /// <summary>The files by name.</summary>
    public static ImmutableArray<(string Name, string Content)> Files =>
    [
        ("policyc.yaml", ProjectFile.ReplaceLineEndings("\n")),
        ("access.policy", Policy.ReplaceLineEndings("\n")),
        ("README.md", Readme.ReplaceLineEndings("\n")),
    ];
}
