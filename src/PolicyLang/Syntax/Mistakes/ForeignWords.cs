using System.Collections.Frozen;

namespace PolicyLang.Syntax.Mistakes;

/// <summary>Words that people bring along from other languages and tools, with what this language says for them.</summary>
internal static class ForeignWords
{
    private const string NoVariables = "write the value where it is used";
    private const string Together = "all `.policy` files of a project are one policy: nothing is imported";
    private const string DeniedAnyway = "to make sure that no rule allows it, write `never WHO on CLUSTERS`";
    private const string AllowInstead = "write `allow WHO as ROLE on CLUSTERS cluster-wide`";
    private const string MachineInstead = "a program that signs in is a `machine`";

    private static readonly FrozenDictionary<string, (string Reason, string? Help)> Statements = new Dictionary<string, (string, string?)>(StringComparer.OrdinalIgnoreCase)
    {
        ["deny"] = ("what is not allowed is denied", DeniedAnyway),
        ["forbid"] = ("what is not allowed is denied", DeniedAnyway),
        ["block"] = ("what is not allowed is denied", DeniedAnyway),
        ["reject"] = ("what is not allowed is denied", DeniedAnyway),
        ["disallow"] = ("what is not allowed is denied", DeniedAnyway),
        ["permit"] = ("a rule begins with `allow`", AllowInstead),
        ["grant"] = ("a rule begins with `allow`", AllowInstead),
        ["grants"] = ("a rule begins with `allow`", AllowInstead),
        ["accept"] = ("a rule begins with `allow`", AllowInstead),
        ["rule"] = ("a rule begins with `allow`", AllowInstead),
        ["rules"] = ("a rule begins with `allow`", AllowInstead),
        ["policy"] = ("the files of a project are the policy; a rule begins with `allow`", AllowInstead),
        ["binding"] = ("bindings are compiled from rules", AllowInstead),
        ["rolebinding"] = ("bindings are compiled from rules", AllowInstead),
        ["clusterrolebinding"] = ("bindings are compiled from rules", AllowInstead),
        ["import"] = ("there are no imports", Together),
        ["include"] = ("there are no imports, and roles include roles inside their braces", Together),
        ["use"] = ("there are no imports", Together),
        ["package"] = ("there are no packages", Together),
        ["module"] = ("there are no modules", Together),
        ["terraform"] = ("settings of the tool stand in `policyc.yaml`", null),
        ["provider"] = ("paths and identity providers stand in `policyc.yaml`", null),
        ["path"] = ("paths stand in `policyc.yaml`", null),
        ["paths"] = ("paths stand in `policyc.yaml`", null),
        ["resource"] = ("things are declared as `cluster`, `group`, `role` …", null),
        ["data"] = ("inventories are read by `clusters from \"file\"` and `namespaces from \"file\"`", null),
        ["output"] = ("where outputs go stands in `policyc.yaml`", null),
        ["variable"] = ("there are no variables", NoVariables),
        ["variables"] = ("there are no variables", NoVariables),
        ["var"] = ("there are no variables", NoVariables),
        ["let"] = ("there are no variables", NoVariables),
        ["const"] = ("there are no variables", NoVariables),
        ["locals"] = ("there are no variables", NoVariables),
        ["set"] = ("a named set of clusters is a `fleet`", "write `fleet NAME = clusters where …`"),
        ["clusterset"] = ("a named set of clusters is a `fleet`", "write `fleet NAME = clusters where …`"),
        ["environment"] = ("a named set of clusters is a `fleet`", "write `fleet NAME = clusters where …`"),
        ["function"] = ("there are no functions", null),
        ["if"] = ("there are no branches", "a rule holds under a condition by `when POSTURE`"),
        ["for"] = ("there are no loops", "a rule speaks of several subjects, roles and clusters by comma lists"),
        ["team"] = ("people who belong together are a `group`", null),
        ["teams"] = ("people who belong together are a `group`", null),
        ["service"] = (MachineInstead, null),
        ["serviceaccount"] = (MachineInstead, null),
        ["bot"] = (MachineInstead, null),
        ["robot"] = (MachineInstead, null),
        ["person"] = ("a person is a `user`", null),
        ["people"] = ("a person is a `user`, people who belong together are a `group`", null),
        ["device"] = ("conditions on devices are a `posture`", null),
        ["condition"] = ("a condition is a `posture`", null),
        ["clusterrole"] = ("a role that exists already gets a name first", "write `role NAME = clusterrole \"…\"`"),
        ["namespace"] = ("namespaces come from an inventory", "write `namespaces from \"file\"`"),
        ["label"] = ("labels stand in a cluster's block", null),
        ["assert"] = ("checks stand in a `test \"…\" { expect … }`, guards begin with `never` or `only`", null),
        ["check"] = ("checks stand in a `test \"…\" { expect … }`, guards begin with `never` or `only`", null),
        ["ensure"] = ("checks stand in a `test \"…\" { expect … }`, guards begin with `never` or `only`", null),
        ["apiversion"] = ("a policy is no YAML", null),
        ["kind"] = ("a policy is no YAML", null),
        ["metadata"] = ("a policy is no YAML", null),
        ["spec"] = ("a policy is no YAML", null),
        ["true"] = ("a value stands in a block, as `key = true`", null),
        ["false"] = ("a value stands in a block, as `key = false`", null),
        ["yes"] = ("a value stands in a block, as `key = true`", null),
        ["no"] = ("a value stands in a block, as `key = false`", null),
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, string> Phrases = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["to"] = "on",
        ["for"] = "on",
        ["at"] = "on",
        ["of"] = "on",
        ["into"] = "on",
        ["inside"] = "in",
        ["namespace"] = "in",
        ["ns"] = "in",
        ["by"] = "via",
        ["through"] = "via",
        ["over"] = "via",
        ["using"] = "via",
        ["if"] = "when",
        ["while"] = "when",
        ["unless"] = "when",
        ["till"] = "until",
        ["expires"] = "until",
        ["before"] = "until",
        ["reason"] = "because",
        ["since"] = "because",
        ["without"] = "except",
        ["excluding"] = "except",
        ["minus"] = "except",
        ["is"] = "as",
        ["has"] = "as",
        ["role"] = "as",
        ["may"] = "can",
        ["should"] = "can",
        ["must"] = "can",
        ["can't"] = "cannot",
        ["cant"] = "cannot",
        ["clusterwide"] = "cluster-wide",
        ["cluster_wide"] = "cluster-wide",
        ["everywhere"] = "cluster-wide",
        ["everyone"] = "anyone",
        ["anybody"] = "anyone",
        ["everybody"] = "anyone",
        ["nobody"] = "anyone",
        ["access"] = "reach",
        ["connect"] = "reach",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Why a word begins no statement and what to write, or nothing for a word that other tools do not use either.</summary>
    public static (string Reason, string? Help)? FindStatement(string word) => Statements.TryGetValue(word, out var found) ? found : null;

    /// <summary>The word of this language that stands for a word inside a sentence, or nothing.</summary>
    public static string? FindPhrase(string word) => Phrases.GetValueOrDefault(word);
}
