using System.Collections.Immutable;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Linting.Artefacts.Teleport;
using PolicyLang.Targets.Teleport.Reading;

namespace PolicyLang.Linting.Rules.Teleport;

internal sealed class TeleportRefusedResource : RoleRule
{
    public override RuleDescription Description { get; } = new("teleport-refused-resource", RuleSystem.Teleport, RuleCategory.Correctness, LintLevel.Error)
    {
        What = "an entry of `kubernetes_resources` is one that Teleport refuses in a role of this version",
        Why = "Which kinds and verbs there are, and whether kinds stand in the singular or the plural, depends on the version of the role. Teleport refuses a role with an entry that its version does not know.",
        Avoid = new("teleport.yaml", """
            kind: role
            version: v7
            metadata: {name: sre}
            spec:
              allow:
                kubernetes_labels: {env: [prod]}
                kubernetes_groups: [acme:sre]
                kubernetes_resources: [{kind: pods, namespace: web, name: '*', verbs: [get]}]
            """),
        Prefer = new("teleport.yaml", """
            kind: role
            version: v7
            metadata: {name: sre}
            spec:
              allow:
                kubernetes_labels: {env: [prod]}
                kubernetes_groups: [acme:sre]
                kubernetes_resources: [{kind: pod, namespace: web, name: '*', verbs: [get]}]
            """),
        References = [TeleportReferences.RoleSource, TeleportReferences.ResourcesChange],
    };

    protected override void Check(TeleportRole role, LintReport report)
    {
        var version = role.Version ?? 0;
        foreach (var entry in version == 0 ? [] : new[] { role.Allow, role.Deny }.SelectMany(side => TeleportData.Maps(side, "kubernetes_resources")))
        {
            var kind = TextOf(entry, "kind");
            var group = TextOf(entry, "api_group");
            ImmutableArray<string> verbs = [.. TeleportData.Texts(entry, "verbs").Select(verb => verb.Text)];
            if (new[] { kind, group, TextOf(entry, "namespace"), TextOf(entry, "name") }.Concat(verbs).Any(TeleportData.IsFilledIn)
                || (version == 8 && group is not ("" or "*") && ResourceFilter.IsKindOfV7(kind)))
            {
                continue;
            }

            if (ResourceEntriesReader.ReasonToRefuse(new ResourceEntry(kind, group, TextOf(entry, "namespace"), TextOf(entry, "name"), verbs), version) is { } reason)
            {
                report.Add(PlaceOf(entry, reason), $"{reason}, so that Teleport refuses this role", HelpFor(kind, reason, version));
            }
        }
    }

    private static string TextOf(DataMap entry, string key) => TeleportData.Text(entry, key)?.Text ?? "";

    private static SourceLocation PlaceOf(DataMap entry, string reason)
    {
        var key = reason.Contains("verb", StringComparison.Ordinal) ? "verbs" : reason.Contains("api_group", StringComparison.Ordinal) ? "api_group" : "kind";
        return TeleportData.Texts(entry, key).FirstOrDefault(text => reason.Contains($"`{text.Text}`", StringComparison.Ordinal))?.Location
            ?? entry.Find(key)?.Value.Location
            ?? (entry.Entries.IsEmpty ? entry.Location : entry.Entries[0].KeyLocation);
    }

    private static string HelpFor(string kind, string reason, int version)
    {
        var meant = version >= 8 ? ResourceFilter.PluralOf(kind) : ResourceFilter.SingularOf(kind);
        return reason switch
        {
            _ when meant is not null && reason.Contains($"`{kind}`", StringComparison.Ordinal) && version >= 7 => $"write `{meant}`",
            _ when reason.Contains("`kind`", StringComparison.Ordinal) || reason.Contains("`name`", StringComparison.Ordinal) || reason.Contains("`namespace`", StringComparison.Ordinal) => "add it; `'*'` stands for all",
            _ when reason.Contains("verb", StringComparison.Ordinal) => version < 7 ? "leave `verbs` out, or move the role to version v7" : "the verbs are `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`, `exec` and `portforward`, or `'*'` alone",
            _ when version <= 6 => "name `pod`, or move the role to version v7 or later",
            _ => "move the role to version v8, which knows every kind by its plural and its `api_group`",
        };
    }
}
