using CsCheck;

namespace PolicyLang.Tests.Formatting;

/// <summary>Random policies of every statement and phrase of the grammar, as words and signs without layout.</summary>
internal static class RandomPolicyText
{
    private static readonly Gen<string> s_name = Pick("a", "sre", "payments", "prod", "a-rather-long-name-of-a-team", "another-rather-long-name-of-a-team");

    // Another system's vocabulary may be any word that carries no sentence on.
    private static readonly Gen<string> s_native = Pick("pods", "get", "deployments.apps/scale", "test", "default", "group", "clusters", "namespaces", "payments", "within", "*");
    private static readonly Gen<string> s_key = Pick("github", "okta", "members", "group", "default", "test", "via", "on", "\"a key\"");
    private static readonly Gen<string> s_string = Pick("\"x\"", "\"acme/sre\"", "\"# no comment\"", "\"\\\"{ [ , \\u{e4}\"", "\"a text that takes a good part of a line by itself, and a bit more\"");
    private static readonly Gen<string> s_names = List(s_name, 1, 5);
    private static readonly Gen<string> s_paths = List(Pick("tailscale", "teleport"), 1, 2);

    private static readonly Gen<string> s_value = Gen.OneOf(s_native, s_string);

    private static readonly Gen<string> s_term = Gen.OneOf(
        s_value.Select(s_native, (value, label) => $"{label} = {value}"),
        s_value.Select(s_native, (value, label) => $"{label} != {value}"),
        s_native.Select(Bracketed(s_value, 1, 6), (label, values) => $"{label} in {values}"),
        s_native.Select(label => $"has {label}"),
        s_native.Select(label => $"not has {label}"));

    private static readonly Gen<string> s_junction =
        from word in Pick(" and ", " or ")
        from terms in s_term.Array[1, 4]
        select string.Join(word, terms);

    private static readonly Gen<string> s_expression = Gen.OneOf(s_term, s_junction, s_junction.Select(s_term, (inner, term) => $"( {inner} ) and {term}"), s_junction.Select(inner => $"not ( {inner} )"));

    private static readonly Gen<string> s_clusters =
        from which in Gen.OneOf(Gen.Const("all clusters"), s_expression.Select(e => $"clusters where {e}"), s_names)
        from except in Maybe(s_names.Select(n => $" except {n}"))
        select which + except;

    private static readonly Gen<string> s_in = Gen.OneOf(s_expression.Select(e => $" in namespaces where {e}"), List(Gen.OneOf(s_native, s_string), 1, 5).Select(n => $" in {n}"));

    private static readonly Gen<string> s_rights =
        from verbs in Gen.OneOf(s_native, Bracketed(s_native, 1, 3))
        from resources in Gen.OneOf(s_native, s_string, Bracketed(Gen.OneOf(s_native, s_string), 1, 6))
        from names in Maybe(Gen.OneOf(List(s_string, 1, 2), Bracketed(s_string, 1, 2)).Select(n => $" named {n}"))
        select $"{verbs} {resources}{names}";

    private static readonly Gen<string> s_via = s_paths.Select(p => $" via {p}");
    private static readonly Gen<string> s_when = s_name.Array[1, 3].Select(n => " when " + string.Join(" and ", n));
    private static readonly Gen<string> s_because = s_string.Select(s => $" because {s}");

    private static readonly Gen<string> s_allow =
        from who in s_names
        from role in s_names
        from clusters in s_clusters
        from scope in Gen.OneOf(Gen.Const(" cluster-wide"), s_in)
        from clauses in Clauses(s_via, s_when, Gen.Const(" until 2030-01-31"), s_because)
        select $"allow {who} as {role} on {clusters}{scope}{clauses}";

    private static readonly Gen<string> s_guard =
        from head in Gen.OneOf(
            s_names.Select(n => $"never {n}"),
            s_names.Select(n => $"never anyone except {n}"),
            s_names.Select(s_rights, (n, r) => $"never {n} can {r}"),
            s_names.Select(s_rights, (n, r) => $"only {n} can {r}"))
        from clusters in s_clusters
        from scope in Maybe(s_in)
        from clauses in Clauses(s_via, s_because)
        select $"{head} on {clusters}{scope}{clauses}";

    private static readonly Gen<string> s_expect =
        from who in s_names
        from can in Pick("can", "cannot")
        from rights in Gen.OneOf(s_rights.Select(r => $"{r} on"), Gen.Const("reach"), Gen.Const("reach on"))
        from clusters in s_clusters
        from scope in Maybe(s_in)
        from clauses in Clauses(s_via, s_when)
        select $"expect {who} {can} {rights} {clusters}{scope}{clauses}";

    private static readonly Gen<string> s_entries = Entries(3);

    private static readonly Gen<string> s_roleItem = Gen.OneOf(s_string.Select(s => $"clusterrole {s}"), s_names.Select(n => $"include {n}"), s_rights.Select(r => $"can {r}"), s_rights.Select(r => $"can {r}"));

    private static readonly Gen<string> s_statement = Gen.OneOf(
        s_string.Select(s => $"clusters from {s}"),
        s_string.Select(s => $"namespaces from {s}"),
        s_paths.Select(p => $"default via {p}"),
        Block("cluster"),
        Block("user"),
        Block("group"),
        Block("machine"),
        Block("posture"),
        s_name.Select(s_clusters, (n, c) => $"fleet {n} = {c}"),
        s_name.Select(s_string, (n, s) => $"role {n} = clusterrole {s}"),
        s_name.Select(s_roleItem.Array[1, 4], (n, items) => $"role {n} {{ {string.Join(' ', items)} }}"),
        s_string.Select(s_expect.Array[1, 3], (n, items) => $"test {n} {{ {string.Join(' ', items)} }}"),
        s_names.Select(s_string, (n, s) => $"assume disjoint {n} because {s}"),
        s_guard,
        s_allow,
        s_allow,
        s_allow);

    /// <summary>Statements, each on a line of its own.</summary>
    public static Gen<string[]> Statements { get; } = s_statement.Array[1, 8];

    private static Gen<string> Block(string kind) => s_name.Select(s_entries, (n, e) => $"{kind} {n} {{ {e} }}");

    private static Gen<string> Entries(int depth)
    {
        var setting = s_key.Select(Gen.OneOf(s_value, Bracketed(s_value, 0, 6)), (k, v) => $"{k} = {v}");
        var entry = depth == 0 ? setting : Gen.Frequency((5, setting), (1, Gen.Const("retired")), (2, s_key.Select(Entries(depth - 1), (k, e) => $"{k} {{ {e} }}")));
        return Gen.Select(entry.Array[0, 4], Pick(" ", " ", " , "), (entries, comma) => string.Join(comma, entries));
    }

    // In any order, some left out.
    private static Gen<string> Clauses(params Gen<string>[] clauses)
        => Gen.Select(Gen.Shuffle(Enumerable.Range(0, clauses.Length).ToArray()), Gen.Int[0, clauses.Length], All(clauses), (order, count, texts) => string.Concat(order.Take(count).Select(i => texts[i])));

    private static Gen<string[]> All(Gen<string>[] gens) => gens.Aggregate(Gen.Const(Array.Empty<string>()), (all, next) => all.Select(next, (texts, text) => (string[])[.. texts, text]));

    private static Gen<string> List(Gen<string> item, int least, int most) => item.Array[least, most].Select(items => string.Join(" , ", items));

    private static Gen<string> Bracketed(Gen<string> item, int least, int most) => List(item, least, most).Select(items => $"[ {items} ]");

    private static Gen<string> Maybe(Gen<string> some) => Gen.OneOf(Gen.Const(""), some);

    private static Gen<string> Pick(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);
}
