using CsCheck;
using PolicyLang.Tests.Support;

namespace PolicyLang.Tests.Naive;

/// <summary>Random policies of all that decides what a rule gives: labels and their defaults, fleets, exceptions, nested groups and roles, namespaces by label, paths that some clusters lack.</summary>
internal static class RandomCompany
{
    private const string Project = """
        language: 1
        paths:
          tailscale: { kind: tailscale }
          teleport: { kind: teleport, version: "18", edition: enterprise }
        kubernetes: { version: "1.29" }
        """;

    private const string Company = """
        clusters from "clusters.yaml"
        cluster d { labels { env = "dev"  zone = "z1"  place = "d" }  kubernetes { version = "1.33" } }
        cluster old { labels { env = "prod"  place = "old" }  retired }
        fleet production = clusters where env = "prod"
        fleet far        = clusters where has zone and zone != "z1"
        user al          { email = "al@x.com"  github = "al-a" }
        user bo          { email = "bo@x.com"  github = "bo-b" }
        user cat         { email = "Cat@x.com"  github = "cat-c" }
        group inner      { members = [al@x.com, cat@x.com]  github = "x/inner" }
        group middle     { members = [inner, BO@x.com]  github = "x/middle" }
        group outer      { members = [middle, cat]  github = "x/outer" }
        group known      { github = "x/known"  tailscale = "group:known@x.com" }
        posture managed  { tailscale = "node:os == 'linux'"  teleport = "device-trust" }
        posture fresh    { tailscale = "node:tsReleaseTrack == 'stable'"  teleport = "device-trust" }
        role view        = clusterrole "view"
        role admin       = clusterrole "cluster-admin"
        role shell       { can exec pods }
        role deploy      { can [read, write] [deployments.apps, services]  can read pods/log }
        role oncall      { include view, shell  can [get, patch] [deployments.apps, deployments.apps/scale] }
        role lead        { include oncall, deploy  clusterrole "edit"  can read secrets named ["a", "b"] }

        """;

    private const string Clusters = """
        clusters:
          - { name: a, labels: { env: prod, zone: z1 }, site: s1 }
          - { name: b, labels: { env: prod, zone: z2 }, site: s2 }
          - { name: c, labels: { env: stg }, site: s2, teleport: none }
        """;

    private const string Namespaces = """
        - { name: web, labels: { team: web, tier: front } }
        - { name: db, labels: { team: db } }
        - { name: web-two, labels: { team: web, tier: front }, clusters: [b, c] }
        - { name: bare, clusters: [a, d] }
        """;

    private static readonly Gen<string> s_rule =
        from subject in Pick("inner", "middle", "outer", "known", "cat", "AL@x.com", "cat@x.com", "middle, known", "inner, outer")
        from role in Pick("view", "admin", "shell", "deploy", "oncall", "lead", "view, oncall", "deploy, lead")
        from clusters in Pick("a", "b", "a, c", "production", "far", "picked", "all clusters", "all clusters except a", "all clusters except production, old", "picked except a", "clusters where env = \"prod\"", "clusters where env != \"prod\"", "clusters where env in [\"dev\", \"stg\"]", "clusters where not has zone", "clusters where has zone and (zone = \"z2\" or env = \"dev\")", "clusters where with teleport", "clusters where not with teleport except a", "clusters where place = \"s2-b\"")
        from scope in Pick("cluster-wide", "in web", "in db, web", "in namespaces where team = \"web\"", "in namespaces where has team and team != \"web\"", "in namespaces where tier = \"front\" or team = \"db\"", "in namespaces where not has team")
        from way in Pick("", "", "", " via tailscale", " via teleport", " via teleport, tailscale")
        from condition in Pick("", "", " when managed", " when managed and fresh")
        from end in Pick("", "", " until 2026-11-22", " until 2026-11-23", " until 2026-11-24 because \"x\"")
        select $"allow {subject} as {role} on {clusters} {scope}{way}{condition}{end}\n";

    /// <summary>The files of a project.</summary>
    public static Gen<InMemoryProjectFiles> Files { get; } =
        from ways in Pick("default via tailscale\n", "default via teleport, tailscale\n", "default via teleport\n")
        from place in Pick("{site}-{name}", "{env}-{name}", "{site}")
        from picked in Pick("a, b", "production, d", "all clusters except far", "clusters where env = \"prod\" except far")
        from hasNamespaces in Gen.Frequency((4, Gen.Const(true)), (1, Gen.Const(false)))
        from rules in s_rule.Array[1, 4]
        let defaults = $"cluster * {{ labels {{ place = \"{place}\" }}  tailscale {{ tag = \"tag:k8s-{{name}}\" }}  teleport {{ label = \"c={{name}}\" }} }}\n"
        let inventory = hasNamespaces ? "namespaces from \"namespaces.yaml\"\n" : ""
        select new InMemoryProjectFiles(
            ("policyc.yaml", Project),
            ("clusters.yaml", Clusters),
            ("namespaces.yaml", Namespaces),
            ("company.policy", Company + defaults + inventory + ways),
            ("rules.policy", string.Concat(rules.Distinct()) + $"fleet picked = {picked}\n"));

    private static Gen<string> Pick(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);
}
