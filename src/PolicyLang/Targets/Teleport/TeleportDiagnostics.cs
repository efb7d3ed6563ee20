using PolicyLang.Diagnostics;

namespace PolicyLang.Targets.Teleport;

/// <summary>The diagnostics of the Teleport target.</summary>
public static class TeleportDiagnostics
{
    /// <summary>A version that is no version or that policyc does not know.</summary>
    public static readonly DiagnosticDescriptor Version = new("teleport-version", DiagnosticSeverity.Error, "a Teleport version is malformed or unknown")
    {
        Explanation =
            "The version of Teleport's servers or agents is written as `18`, `18.2` or `18.2.1`, and policyc knows 4 to 19. What the roles of another version mean "
            + "is not known, and a role that means more there would give more. Correct the version.",
    };

    /// <summary>The oldest agent is newer than the server.</summary>
    public static readonly DiagnosticDescriptor AgentVersion = new("teleport-agent-version", DiagnosticSeverity.Error, "the oldest agent is newer than the server")
    {
        Explanation =
            "Teleport serves agents of its own version and older ones, and roles are written so that the oldest agent reads them rightly. `oldest_agent` is newer "
            + "than `version`, or so old that its agents do not heed the labels of roles. Correct one of the two.",
    };

    /// <summary>The edition or version cannot do what is asked.</summary>
    public static readonly DiagnosticDescriptor Unsupported = new("teleport-unsupported", DiagnosticSeverity.Error, "this Teleport version or edition cannot do what is asked")
    {
        Explanation =
            "The version or edition of Teleport that the path names cannot do what is asked, such as a trusted device in the community edition or bots as resources "
            + "before 15. Written all the same, the setting would be ignored or refused. Leave it out, use another path, or correct `version` and `edition`.",
        Example = """
            cluster prod {
              teleport {
                label = "policyc-cluster=prod"
                connector { client_id = "${GITHUB_CLIENT_ID}" }
              }
            }
            """,
    };

    /// <summary>The operator of this version cannot write what is needed.</summary>
    public static readonly DiagnosticDescriptor Form = new("teleport-operator-unsupported", DiagnosticSeverity.Error, "the Teleport operator of this version cannot write what is needed")
    {
        Explanation =
            "With `form: operator` the resources are written for Teleport's Kubernetes operator, and the operator of this version cannot write what is needed. Use "
            + "`form: tctl`.",
    };

    /// <summary>A setting has the wrong form.</summary>
    public static readonly DiagnosticDescriptor Setting = new("teleport-setting", DiagnosticSeverity.Error, "a setting of a Teleport path has the wrong form")
    {
        Explanation =
            "A setting of a Teleport path or cluster has a form that Teleport does not take, such as a session length beyond 30 hours, an address without "
            + "`https://` or an account without its namespace. The finding says which form it has. Correct it.",
        Example = """
            cluster prod {
              teleport { label = "policyc-cluster=prod"  service_account = "teleport-agent" }
            }
            """,
    };

    /// <summary>A credential stands in the project.</summary>
    public static readonly DiagnosticDescriptor LiteralSecret = new("teleport-literal-secret", DiagnosticSeverity.Error, "a Teleport credential is written out instead of referred to")
    {
        Explanation =
            "The credential of the connector is written out, or where the OAuth application's id belongs stands what looks like its secret. A project is read by "
            + "everybody who reviews it and stays in its history forever. Replace the secret at GitHub, and write a reference such as `${GITHUB_CLIENT_SECRET}`.",
    };

    /// <summary>A setting that this version needs is missing.</summary>
    public static readonly DiagnosticDescriptor MissingSetting = new("teleport-missing-setting", DiagnosticSeverity.Error, "a Teleport path or cluster lacks a setting that its version needs")
    {
        Explanation =
            "This version of Teleport needs a setting that is not there. Most often it is the `label` of a cluster: Teleport's roles select clusters by label and "
            + "cannot name them, so without one there is nothing to select. Give a label that only this cluster's agent carries.",
        Example = """
            cluster prod { teleport {} }
            """,
    };

    /// <summary>A cluster label that is not literal.</summary>
    public static readonly DiagnosticDescriptor Label = new("teleport-label", DiagnosticSeverity.Error, "a cluster's Teleport label is no literal `key=value`")
    {
        Explanation =
            "The label of a cluster is a literal `key=value`. A pattern or template could select further clusters, and the keys that begin with `teleport.` are set "
            + "by Teleport itself. Write a label that serves nothing else, such as `policyc-cluster=prod`.",
        Example = """
            cluster prod { teleport { label = "env=prod-*" } }
            """,
    };

    /// <summary>Clusters of one path use different label keys.</summary>
    public static readonly DiagnosticDescriptor LabelKey = new("teleport-label-key", DiagnosticSeverity.Error, "the clusters of one Teleport path use different label keys")
    {
        Explanation =
            "The clusters of one path are told apart by the value of one label. With different keys, one agent could carry both labels and be two clusters at once. "
            + "Take one key for all clusters of the path, such as `policyc-cluster`.",
        Example = """
            cluster prod { teleport { label = "policyc-cluster=prod" } }
            cluster stg  { teleport { label = "env=staging" } }
            """,
    };

    /// <summary>A group's name is no GitHub team.</summary>
    public static readonly DiagnosticDescriptor Team = new("teleport-github-team", DiagnosticSeverity.Error, "a group's name is no GitHub team that a connector can match")
    {
        Explanation =
            "A group is named by its GitHub team as in the team's address, the organization and the slug: `acme/site-reliability`. A display name, a whole "
            + "organization or a wildcard cannot be matched exactly by a connector, and would match nobody or too many. Correct it.",
        Example = """
            cluster prod { teleport { label = "policyc-cluster=prod" } }
            group sre    { github = "Site Reliability" }
            role admin = clusterrole "cluster-admin"
            allow sre as admin on prod cluster-wide
            """,
    };

    /// <summary>An organization is spelled in two ways.</summary>
    public static readonly DiagnosticDescriptor OrganizationSpelling = new("teleport-organization-spelling", DiagnosticSeverity.Error, "a GitHub organization is spelled in two ways")
    {
        Explanation =
            "GitHub takes `acme` and `Acme` for one organization, and Teleport compares letter by letter, so one of the two spellings matches nobody. Write it "
            + "everywhere as GitHub shows it.",
        Example = """
            cluster prod   { teleport { label = "policyc-cluster=prod" } }
            group sre      { github = "acme/sre" }
            group payments { github = "Acme/payments" }
            role view = clusterrole "view"
            allow sre, payments as view on prod cluster-wide
            """,
    };

    /// <summary>Somebody whom a connector cannot map.</summary>
    public static readonly DiagnosticDescriptor Principal = new("teleport-principal", DiagnosticSeverity.Error, "a Teleport path cannot map this subject")
    {
        Explanation =
            "A GitHub connector maps teams to roles. It knows no single people and no groups of other providers, so this subject would never get the role. Give a "
            + "group with its GitHub team, or leave the path out of the rule.",
        Example = """
            group sre { teleport = "sre-team" }
            """,
    };

    /// <summary>A machine's name is no bot's user name.</summary>
    public static readonly DiagnosticDescriptor Bot = new("teleport-bot", DiagnosticSeverity.Error, "a machine's Teleport name is no bot's user name")
    {
        Explanation =
            "A machine is named by the Teleport user of its bot, which is `bot-` and the bot's name. policyc writes the roles of that bot; under another name they "
            + "would belong to nobody. With the operator the name must be in small letters and without `_`.",
        Example = """
            machine deployer { teleport = "deployer" }
            """,
    };

    /// <summary>A posture asks for something that Teleport roles cannot demand.</summary>
    public static readonly DiagnosticDescriptor Posture = new("teleport-posture", DiagnosticSeverity.Error, "a posture asks for something that a Teleport role cannot demand")
    {
        Explanation =
            "The only thing that a Teleport role can demand of a device is that it is trusted: `device-trust`. A second factor is no property of a device, and is "
            + "asked of everybody by `require_session_mfa` on the path. A rule that names a machine cannot have the condition, since no bot runs on a trusted device.",
        Example = """
            posture managed { teleport = "mfa" }
            """,
    };

    /// <summary>The strictest role wins in a cluster, so two rules cannot be told apart.</summary>
    public static readonly DiagnosticDescriptor ConditionCannotSeparate = new("condition-cannot-separate", DiagnosticSeverity.Error, "on one cluster the strictest role wins, so a condition of one rule also binds another")
    {
        Explanation =
            "On one cluster, Teleport applies the strictest of all of a person's roles. If one rule asks for a trusted device and another one does not, somebody in "
            + "both would be asked on both, and the second rule would give less than it says. Give both the condition, or say by `assume disjoint` that nobody is in "
            + "both subjects.",
        Example = """
            cluster prod       { teleport { label = "policyc-cluster=prod" } }
            group sre          { github = "acme/sre" }
            group payments     { github = "acme/payments" }
            posture registered { teleport = "device-trust" }
            role view  = clusterrole "view"
            role admin = clusterrole "cluster-admin"
            allow sre      as admin on prod cluster-wide when registered
            allow payments as view  on prod cluster-wide
            """,
    };

    /// <summary>A server that ignores labels gives a group name on every cluster.</summary>
    public static readonly DiagnosticDescriptor SharedGroup = new("teleport-shared-group", DiagnosticSeverity.Error, "a server that ignores cluster labels would give a Kubernetes group on further clusters")
    {
        Explanation =
            "Before 8.1.3, Teleport's servers and agents ignore the labels of clusters when they give Kubernetes groups. A group with a name of your own "
            + "(`kubernetes = …`) on some clusters only would be given on all of the path. Update Teleport, or remove the setting so that each cluster has a group of "
            + "its own.",
    };

    /// <summary>Two paths write into one folder.</summary>
    public static readonly DiagnosticDescriptor SharedOutput = new("teleport-shared-output", DiagnosticSeverity.Error, "two Teleport paths write into one folder")
    {
        Explanation = "Two Teleport paths write into one folder, where the files of one would replace those of the other. Give each an `output` folder of its own.",
    };

    /// <summary>A connector lets nobody log in.</summary>
    public static readonly DiagnosticDescriptor NobodyMapped = new("teleport-nobody-mapped", DiagnosticSeverity.Warning, "a Teleport connector lets nobody log in")
    {
        Explanation =
            "No rule reaches a GitHub team by this path, so the connector lets nobody log in. It is written all the same, with one row that no team can match, "
            + "because without it the old one would stay in force. That is right when the last access was taken away; otherwise write a rule, or remove the path.",
        Example = """
            cluster prod { teleport { label = "policyc-cluster=prod" } }
            """,
    };

    /// <summary>A connector in the base that rows cannot be added to.</summary>
    public static readonly DiagnosticDescriptor BaseConnector = new("teleport-base-connector", DiagnosticSeverity.Error, "the connector in `base` is not of a form in which rows can be added and the rest kept")
    {
        Explanation =
            "The connector in `base` is of a form in which rows cannot be added and the rest kept as it is: JSON, a list in `[…]`, YAML with anchors, or more than "
            + "one connector of the name. Export it as YAML with a line for each row, or add the rows that the finding prints yourself.",
    };

    /// <summary>A connector in the base that differs from the settings.</summary>
    public static readonly DiagnosticDescriptor BaseDiffers = new("teleport-base-differs", DiagnosticSeverity.Error, "the connector in `base` and the settings of the path say different things")
    {
        Explanation =
            "The connector in `base` and the settings of the path say different things, such as two addresses or two client ids. One of them would win silently and "
            + "people would log in elsewhere. Write the same in both.",
    };

    /// <summary>Marks in the base that do not go together.</summary>
    public static readonly DiagnosticDescriptor BaseMarkers = new("teleport-base-markers", DiagnosticSeverity.Error, "the marks around what an earlier build put into the connector are damaged")
    {
        Explanation =
            "What an earlier build put into the connector stands between the lines `# policyc: begin` and `# policyc: end`, and is replaced as a whole. The marks "
            + "are damaged, so policyc cannot tell its own rows from yours. Restore them, or remove the rows with both of them.",
    };
}
