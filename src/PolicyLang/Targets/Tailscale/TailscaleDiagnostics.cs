using PolicyLang.Diagnostics;

namespace PolicyLang.Targets.Tailscale;

/// <summary>The diagnostics of the Tailscale target.</summary>
public static class TailscaleDiagnostics
{
    /// <summary>A cluster that names neither a tag nor an endpoint.</summary>
    public static readonly DiagnosticDescriptor MissingTag = new("tailscale-missing-tag", DiagnosticSeverity.Error, "a cluster must say which tag its API server proxy carries")
    {
        Explanation =
            "A grant reaches the API server proxy of a cluster by the tag that the proxy carries. Without it nothing would be selected. Add `tag = \"tag:…\"`, a tag "
            + "that no other device carries.",
        Example = """
            cluster prod { tailscale {} }
            """,
    };

    /// <summary>A tag that Tailscale does not accept.</summary>
    public static readonly DiagnosticDescriptor InvalidTag = new("tailscale-invalid-tag", DiagnosticSeverity.Error, "a tag is `tag:` and a letter, followed by letters, digits and dashes")
    {
        Explanation = "A tag is `tag:` and a letter, followed by letters, digits and dashes. Tailscale refuses any other, and with it the whole policy file. Correct it.",
        Example = """
            cluster prod { tailscale { tag = "k8s-prod" } }
            """,
    };

    /// <summary>One tag for things that must be told apart.</summary>
    public static readonly DiagnosticDescriptor SharedTag = new("tailscale-shared-tag", DiagnosticSeverity.Error, "one tag stands for two things that must be told apart, so a right on one would be a right on the other")
    {
        Explanation =
            "One tag stands for two things that must be told apart: two clusters, or a proxy and a machine or recorder. Tailscale knows devices by their tags, so a "
            + "right on one would be a right on the other. Give each its own; tags that differ only in capital letters count as one.",
        Example = """
            cluster prod     { tailscale { tag = "tag:k8s-prod" } }
            machine deployer { tailscale = "tag:k8s-prod" }
            role admin = clusterrole "cluster-admin"
            allow deployer as admin on prod cluster-wide
            """,
    };

    /// <summary>A tag that the operator gives to every proxy.</summary>
    public static readonly DiagnosticDescriptor DefaultTag = new("tailscale-default-tag", DiagnosticSeverity.Warning, "a tag that the Kubernetes operator gives to devices by default selects more than one API server proxy")
    {
        Explanation =
            "`tag:k8s` and `tag:k8s-operator` are what Tailscale's Kubernetes operator gives to its devices by default, in every cluster. A grant for such a tag "
            + "may reach more than the proxy of this cluster. Configure the operator with a tag for each cluster, such as `tag:k8s-prod`.",
        Example = """
            cluster prod { tailscale { tag = "tag:k8s-operator" } }
            """,
    };

    /// <summary>A port that is not a single TCP port.</summary>
    public static readonly DiagnosticDescriptor InvalidPort = new("tailscale-invalid-port", DiagnosticSeverity.Error, "a port of an API server proxy is written `tcp:443`")
    {
        Explanation =
            "The ports of a proxy are single TCP ports, written `tcp:443`. A bare number or `*` would open UDP and ICMP as well, and a range ports that nobody "
            + "asked for. Correct it, or leave `ip` out for the default.",
        Example = """
            cluster prod { tailscale { tag = "tag:k8s-prod"  ip = ["443"] } }
            """,
    };

    /// <summary>An endpoint with a name that cannot be used.</summary>
    public static readonly DiagnosticDescriptor InvalidEndpoint = new("tailscale-invalid-endpoint", DiagnosticSeverity.Error, "an endpoint needs a name of its own, of small letters, digits and dashes")
    {
        Explanation =
            "A cluster with several proxies describes each in a block `endpoint`, and each needs a name of its own: the lock of the proxy in Kubernetes is called "
            + "by it. A name begins with a small letter and holds small letters, digits and dashes.",
        Example = """
            cluster prod {
              tailscale {
                endpoint { name = "HA"  tag = "tag:kapi-prod"  proxy = "group" }
              }
            }
            """,
    };

    /// <summary>A service account that is not written as namespace and name.</summary>
    public static readonly DiagnosticDescriptor InvalidServiceAccount = new("tailscale-invalid-service-account", DiagnosticSeverity.Error, "a service account is written `namespace/name`")
    {
        Explanation =
            "`service_account` names the account by which the proxy asserts groups, as namespace and name. It is what the lock in Kubernetes limits; with a wrong "
            + "one the real account would stay unlimited. Write `namespace/name`, such as `tailscale/operator`.",
        Example = """
            cluster prod { tailscale { tag = "tag:k8s-prod"  service_account = "operator" } }
            """,
    };

    /// <summary>Recording settings without a recorder.</summary>
    public static readonly DiagnosticDescriptor RecordingWithoutRecorder = new("tailscale-recording-without-recorder", DiagnosticSeverity.Error, "recording is asked for and no recorder is named")
    {
        Explanation =
            "Recording is asked for and no recorder is named. With `enforce_recorder` the proxy would refuse every request, and with `enable_events` nothing would "
            + "be recorded. Add `recorder = \"tag:…\"`, the tag of the recorder.",
        Example = """
            cluster prod { tailscale { tag = "tag:k8s-prod"  enforce_recorder = true } }
            """,
    };

    /// <summary>An owner of a tag that is too wide or unknown.</summary>
    public static readonly DiagnosticDescriptor InvalidTagOwner = new("tailscale-invalid-tag-owner", DiagnosticSeverity.Error, "the owner of a tag is not understood or would be everyone")
    {
        Explanation =
            "Who owns a tag may give it to a device, and then is what carries it. With `autogroup:member` that would be everybody, and a group that the policy file "
            + "does not define cannot own anything. Name a tag, a login, a group or an administrators' autogroup.",
        Example = """
            cluster prod { tailscale { tag = "tag:k8s-prod"  tag_owners = ["autogroup:member"] } }
            """,
    };

    /// <summary>Owners of one tag in two places.</summary>
    public static readonly DiagnosticDescriptor RepeatedTagOwners = new("tailscale-repeated-tag-owners", DiagnosticSeverity.Error, "the owners of one tag are given in two places")
    {
        Explanation =
            "The owners of one tag are given at a cluster and in `tags` of the path. Which of the two counts is not said, and a list in one place is overlooked in "
            + "the other. Give them in one place.",
    };

    /// <summary>An identity that Tailscale does not know or that would be too wide.</summary>
    public static readonly DiagnosticDescriptor InvalidIdentity = new("tailscale-invalid-identity", DiagnosticSeverity.Error, "what a subject gives for Tailscale is no name that Tailscale has for it")
    {
        Explanation =
            "What the subject gives for Tailscale is no name that Tailscale has for it, or one that lets in more than people of the tailnet, such as `*` or "
            + "`autogroup:shared`. A machine is the tag of its devices; a group is one that exists without the policy file, such as a synced `group:eng@acme.com` or "
            + "`autogroup:member`.",
        Example = """
            machine deployer { tailscale = "ci" }
            """,
    };

    /// <summary>A login that cannot stand in a policy file.</summary>
    public static readonly DiagnosticDescriptor InvalidLogin = new("tailscale-invalid-login", DiagnosticSeverity.Error, "a person's login is not of a form that Tailscale has")
    {
        Explanation =
            "Tailscale knows a person by a login: an e-mail, or a name at a provider such as `carol@github`. No device would ever belong to this one. Give the "
            + "login as it stands in the admin console.",
        Example = """
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group sre    { members = [alice@acme..com] }
            role admin = clusterrole "cluster-admin"
            allow sre as admin on prod cluster-wide
            """,
    };

    /// <summary>A subject whose name cannot become a group of the policy file.</summary>
    public static readonly DiagnosticDescriptor InvalidGroupName = new("tailscale-invalid-group-name", DiagnosticSeverity.Error, "a subject's name cannot stand in a Tailscale group")
    {
        Explanation =
            "The subject's name becomes the name of a group in the policy file, where a name begins with a small letter and holds small letters, digits and dashes. "
            + "Tailscale would refuse the file for any other. Rename the subject.",
    };

    /// <summary>A subject with different members in different clusters.</summary>
    public static readonly DiagnosticDescriptor UnequalMembers = new("tailscale-unequal-members", DiagnosticSeverity.Error, "a subject does not have the same members everywhere, and one Tailscale group cannot say so")
    {
        Explanation =
            "A subject does not stand for the same people and machines on all clusters of the path, and a group of the policy file has one list of members for all. "
            + "Writing either list would give somebody too much or too little. Split the subject into one for each list.",
    };

    /// <summary>A posture expression that is not understood.</summary>
    public static readonly DiagnosticDescriptor InvalidPosture = new("tailscale-invalid-posture", DiagnosticSeverity.Error, "a posture expression is not one that Tailscale documents")
    {
        Explanation =
            "An expression of a posture is not one that Tailscale documents, so what it checks is not known, and the control plane may refuse the file for it. "
            + "Write attribute, operator and value in full, such as `node:tsAutoUpdate == true` or `node:os IN ['macos', 'linux']`.",
        Example = """
            posture managed { tailscale = "os = macos" }
            """,
    };

    /// <summary>A posture that says nothing about Tailscale.</summary>
    public static readonly DiagnosticDescriptor MissingPosture = new("tailscale-missing-posture", DiagnosticSeverity.Error, "a condition names a posture that says nothing about Tailscale and so would always hold")
    {
        Explanation =
            "The posture names the path and lists no expression, so it would hold for every device and the condition would mean nothing. List at least one "
            + "expression, or leave the path out of the posture.",
    };

    /// <summary>A Kubernetes group that must not be asserted.</summary>
    public static readonly DiagnosticDescriptor InvalidKubernetesGroup = new("tailscale-invalid-kubernetes-group", DiagnosticSeverity.Error, "a Kubernetes group cannot be asserted through the proxy")
    {
        Explanation =
            "The proxy asserts Kubernetes groups as text in a request. A group that begins with `system:` bypasses bindings, `tag:` groups are what the proxy "
            + "asserts by itself for tagged devices, and only printable ASCII without spaces at its ends arrives as it was sent. Choose another name for "
            + "`kubernetes`.",
        Example = """
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group sre    { members = [alice@acme.com]  kubernetes = "Zuverlässigkeit" }
            role admin = clusterrole "cluster-admin"
            allow sre as admin on prod cluster-wide
            """,
    };

    /// <summary>An output path that is not inside the output root.</summary>
    public static readonly DiagnosticDescriptor InvalidOutput = new("tailscale-invalid-output", DiagnosticSeverity.Error, "the output of a path is a relative path with forward slashes")
    {
        Explanation =
            "`output` of a Tailscale path is where its policy file goes, a relative path below the output root with forward slashes. Files elsewhere would not be "
            + "policyc's to write and remove. Write one such as `tailscale/policy.hujson`.",
    };

    /// <summary>Two paths with one output.</summary>
    public static readonly DiagnosticDescriptor RepeatedOutput = new("tailscale-repeated-output", DiagnosticSeverity.Error, "two paths would write one file")
    {
        Explanation = "Two paths would write one file. Each path is a tailnet of its own, and a tailnet has one policy file. Give one of them another `output`.",
    };

    /// <summary>More or less than one base.</summary>
    public static readonly DiagnosticDescriptor BaseCount = new("tailscale-base-count", DiagnosticSeverity.Error, "a tailnet has one policy file, so the `base` of its path must be one file")
    {
        Explanation =
            "A tailnet has one policy file, so `base` of its path must name exactly one: the file into which policyc's part goes. The pattern matches several. Name "
            + "the one that is in force by its full path.",
    };

    /// <summary>A base that is no HuJSON.</summary>
    public static readonly DiagnosticDescriptor BaseSyntax = new("tailscale-base-syntax", DiagnosticSeverity.Error, "the base of a path is no policy file")
    {
        Explanation =
            "The file that `base` names is no policy file: it cannot be read as HuJSON, or holds something other than an object `{ … }`. The control plane would "
            + "refuse it too. Correct it.",
    };

    /// <summary>A section of the base that nothing can be put into.</summary>
    public static readonly DiagnosticDescriptor BaseSection = new("tailscale-base-section", DiagnosticSeverity.Error, "a section of the base stands twice, or is of another kind than Tailscale has there")
    {
        Explanation =
            "A section of the base stands twice, or is no object or list where Tailscale has one. Readers differ on which of two sections counts, so nothing can be "
            + "put into it without guessing. Put both into one, or write `{}` or `[]` for none.",
    };

    /// <summary>Marks in the base that do not go together.</summary>
    public static readonly DiagnosticDescriptor BaseMarkers = new("tailscale-base-markers", DiagnosticSeverity.Error, "the marks around what an earlier build put into the base are damaged")
    {
        Explanation =
            "What an earlier build put into the file stands between the lines `// policyc: begin` and `// policyc: end`, and is replaced as a whole. The marks are "
            + "damaged, so policyc cannot tell its own part from yours. Restore them, or remove the block with both of them.",
    };

    /// <summary>A name in the base that the policy defines too.</summary>
    public static readonly DiagnosticDescriptor BaseCollision = new("tailscale-base-collision", DiagnosticSeverity.Error, "the base and the policy define one name")
    {
        Explanation =
            "A group, a posture or the tag of a proxy stands in the base and in the policy, perhaps with other capital letters. Readers of the file take either of "
            + "two entries with one name. Keep it in one place: remove it from the base, or rename it in the policy.",
    };

    /// <summary>A base without rules, which lets everybody reach everything.</summary>
    public static readonly DiagnosticDescriptor BaseAllowsAll = new("tailscale-base-allows-all", DiagnosticSeverity.Error, "the base has neither `grants` nor `acls` and so allows everything, which the grants of the policy would end")
    {
        Explanation =
            "A policy file with neither `grants` nor `acls` lets everybody reach everything. With the policy's grants in it, nothing else could be reached any "
            + "more, which would be a surprise. Say in the base who may reach what: `\"grants\": []` for nobody, or the grants that you want to keep.",
    };

    /// <summary>A default posture in the base that narrows rules of the policy.</summary>
    public static readonly DiagnosticDescriptor BaseDefaultPosture = new("tailscale-base-default-posture", DiagnosticSeverity.Error, "the base has a default posture, which would hold for rules of the policy that have no condition")
    {
        Explanation =
            "`defaultSrcPosture` of the base holds for each grant that has no posture of its own. So it would narrow every rule of the policy without `when`, and "
            + "the policy would promise more than it gives. Give each rule a condition, or move the posture to the grants of the base that need it.",
    };
}
