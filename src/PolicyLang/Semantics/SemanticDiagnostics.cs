using PolicyLang.Diagnostics;

namespace PolicyLang.Semantics;

/// <summary>The diagnostics of names and declarations.</summary>
public static partial class SemanticDiagnostics
{
    /// <summary>A name that nothing declares.</summary>
    public static readonly DiagnosticDescriptor UnknownName = new("unknown-name", DiagnosticSeverity.Error, "a name is used that nothing declares")
    {
        Explanation =
            "The policy uses a name that nothing in it declares. policyc never takes an unknown name for an existing group, role or cluster of another system, "
            + "because a spelling mistake would then become access, or the loss of it. Correct the spelling, or declare the name in any file of the project: "
            + "declarations stand in any order.",
        Example = """
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group sre    { members = [alice@acme.com] }
            role admin = clusterrole "cluster-admin"
            allow srr as admin on prod cluster-wide
            """,
    };

    /// <summary>A name that is declared as something else.</summary>
    public static readonly DiagnosticDescriptor WrongKind = new("wrong-kind", DiagnosticSeverity.Error, "a name is declared, but as something that cannot stand here")
    {
        Explanation =
            "The name exists, but as a thing that cannot stand here, such as a machine as a member of a group, which holds people. Name something of the right "
            + "kind; the finding shows where the name is declared.",
        Example = """
            machine deployer { tailscale = "tag:ci" }
            group sre        { members = [alice@acme.com, deployer] }
            """,
    };

    /// <summary>A name declared twice.</summary>
    public static readonly DiagnosticDescriptor DuplicateName = new("duplicate-name", DiagnosticSeverity.Error, "a name is declared twice; subjects share one name space, clusters and fleets another")
    {
        Explanation =
            "Two declarations have one name, and policyc does not guess which of them a rule means. Users, groups and machines share one name space, and so do "
            + "clusters and fleets, in all files of the project together. A namespace, too, is declared once for each cluster. Keep one of the two, or rename one.",
        Example = """
            group sre { members = [alice@acme.com] }
            group sre { members = [alice@acme.com, bob@acme.com] }
            """,
    };

    /// <summary>A statement that may stand only once.</summary>
    public static readonly DiagnosticDescriptor RepeatedStatement = new("repeated-statement", DiagnosticSeverity.Error, "a statement that may stand only once in a policy stands twice")
    {
        Explanation =
            "`cluster *` and `default via` may stand only once in a policy, and each inventory is read only once. Of two of them, the one that counts would depend "
            + "on the order of files, which has no meaning here. Put what both say into one.",
        Example = """
            default via tailscale
            default via tailscale, teleport
            """,
    };

    /// <summary>A declared name that is not spelled as names are.</summary>
    public static readonly DiagnosticDescriptor InvalidName = new("invalid-name", DiagnosticSeverity.Error, "a declared name is not made of lower-case letters, digits and single hyphens, or is too long")
    {
        Explanation =
            "Names that the policy declares become parts of names in Kubernetes, Tailscale, Teleport and Cloudflare. So they are made of small letters, digits and "
            + "single hyphens, start with a letter, do not end in a hyphen and have at most 40 characters. In `policyc.yaml`, words of the language and the keys of "
            + "blocks are taken besides.",
        Example = """
            group Site_Reliability { okta = "SRE" }
            """,
    };

    /// <summary>A declaration that depends on itself.</summary>
    public static readonly DiagnosticDescriptor CyclicDeclaration = new("cyclic-declaration", DiagnosticSeverity.Error, "a group, fleet or role contains itself")
    {
        Explanation =
            "A group lists itself as a member, a fleet names itself or a role includes itself, by way of others or directly. What it consists of then has no "
            + "answer. The finding shows the circle; remove one of its steps.",
        Example = """
            group engineers { members = [leads] }
            group leads     { members = [engineers] }
            """,
    };

    /// <summary>Two subjects with one identity.</summary>
    public static readonly DiagnosticDescriptor DuplicateIdentity = new("duplicate-identity", DiagnosticSeverity.Error, "two subjects have the same identity, so rights of one would be rights of the other")
    {
        Explanation =
            "Two subjects have the same name in another system: one GitHub team, one e-mail, one tag. That system cannot tell them apart, so whatever a rule gives "
            + "to one, the other has too. Keep one subject, or give them different identities; capital and small letters make no difference.",
        Example = """
            group sre { github = "acme/sre" }
            group ops { github = "Acme/SRE" }
            """,
    };

    /// <summary>A text that is no e-mail.</summary>
    public static readonly DiagnosticDescriptor InvalidEmail = new("invalid-email", DiagnosticSeverity.Error, "a text that must be an e-mail is none")
    {
        Explanation =
            "A text with `@` stands for a person by their e-mail, and this one cannot be an e-mail. Nobody would ever match it, so it is refused rather than "
            + "written. Write it as `name@domain`.",
        Example = """
            group sre { members = [alice@acme.com, bob@] }
            """,
    };

    /// <summary>An identity without a name.</summary>
    public static readonly DiagnosticDescriptor EmptyIdentity = new("empty-identity", DiagnosticSeverity.Error, "an identity holds no name")
    {
        Explanation =
            "An identity is the name that another system has for a subject, and this one is empty. It does not mean that the subject has none there: without a name of its own on a path, "
            + "the subject is looked up by its provider's name, its e-mail or its members. Give the name, or remove the setting.",
        Example = """
            group sre { members = [alice@acme.com]  okta = "" }
            """,
    };

    /// <summary>A Kubernetes group name that must not be used.</summary>
    public static readonly DiagnosticDescriptor ReservedKubernetesName = new("reserved-kubernetes-name", DiagnosticSeverity.Error, "a Kubernetes name starts with a prefix that other software gives a meaning to")
    {
        Explanation =
            "The name of a Kubernetes group or user begins with a prefix that other software gives a meaning to: `system:` groups belong to Kubernetes itself, "
            + "where `system:masters` bypasses all authorization, `policyc:` groups are generated, `eks:` and `tag:` are given by AWS and by Tailscale's proxy. "
            + "Whoever had such a group could have rights that no rule shows. Choose another name; for an administrator, bind a group of your own to the ClusterRole "
            + "`cluster-admin`.",
        Example = """
            group sre { members = [alice@acme.com]  kubernetes = "system:masters" }
            """,
    };

    /// <summary>A value that two clusters share.</summary>
    public static readonly DiagnosticDescriptor SharedClusterValue = new("shared-cluster-value", DiagnosticSeverity.Error, "two clusters have the same tag, label value or address, so rights on one would be rights on the other")
    {
        Explanation =
            "On one path, two clusters have the same tag, label or address. The path's system knows clusters only by that value, so a right on one cluster would be "
            + "a right on the other. Give each cluster its own, for example by `{name}` in `cluster *`.",
        Example = """
            cluster prod { tailscale { tag = "tag:k8s" } }
            cluster stg  { tailscale { tag = "tag:k8s" } }
            """,
    };

    /// <summary>A placeholder that a cluster cannot fill.</summary>
    public static readonly DiagnosticDescriptor UnknownPlaceholder = new("unknown-placeholder", DiagnosticSeverity.Error, "a `{placeholder}` in `cluster *` names nothing that a cluster has")
    {
        Explanation =
            "In the texts of `cluster *`, `{name}` is a cluster's name, and any other word in braces is a label that the cluster itself gives or a field of its "
            + "inventory row. This cluster has neither, so its text could not be filled in. Give the cluster the label, or write the setting in its own block.",
        Example = """
            cluster *    { tailscale { tag = "tag:k8s-{site}" } }
            cluster prod { labels { site = "tokyo" } }
            cluster stg  { labels { env = "staging" } }
            """,
    };

    /// <summary>A field of an inventory row that looks like a misspelt setting.</summary>
    public static readonly DiagnosticDescriptor MisspeltField = new("misspelt-field", DiagnosticSeverity.Error, "a field of an inventory row is used by no placeholder and looks like a misspelt setting")
    {
        Explanation =
            "A row of the cluster inventory may hold fields of its own for the placeholders of `cluster *`. No placeholder uses this one, and its name is close to "
            + "that of a setting: it looks like a setting that was misspelt and would have no effect. Correct it, or rename the field.",
    };

    /// <summary>A Kubernetes version that is not understood.</summary>
    public static readonly DiagnosticDescriptor UnknownKubernetesVersion = new("unknown-kubernetes-version", DiagnosticSeverity.Error, "a Kubernetes version is outside the range that policyc knows")
    {
        Explanation =
            "Each right is checked against the API server's own resources and verbs, which policyc knows for the minor versions 1.20 to 1.36. For another version "
            + "it could not say what a right means. Write a minor version such as `1.33`, in quotes, of the cluster or in `policyc.yaml`.",
        Example = """
            cluster lab {
              tailscale  { tag = "tag:k8s-lab" }
              kubernetes { version = "1.19" }
            }
            """,
    };

    /// <summary>A prefix of an authenticator that would let it assert reserved names.</summary>
    public static readonly DiagnosticDescriptor UnsafePrefix = new("unsafe-prefix", DiagnosticSeverity.Error, "a prefix of an authenticator would let a provider's names collide with names that have rights")
    {
        Explanation =
            "An API server puts a prefix before the names that an identity provider gives, so that they cannot be taken for names that have rights already. An "
            + "empty prefix, `-` for people, or one that meets `system:` or `policyc:` would let the provider assert those names: a group called `system:masters` at "
            + "the provider would rule the cluster. Set a prefix of its own such as `oidc:`, here and in the API server's flags.",
        Example = """
            cluster prod {
              cloudflare     { addresses = ["198.51.100.1"] }
              authentication { oidc { people = okta  groups_prefix = "" } }
            }
            """,
    };
}
