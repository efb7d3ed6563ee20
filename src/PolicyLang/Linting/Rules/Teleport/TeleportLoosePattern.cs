using PolicyLang.Data;
using PolicyLang.Linting.Artefacts.Teleport;

namespace PolicyLang.Linting.Rules.Teleport;

internal sealed class TeleportLoosePattern : RoleRule
{
    private static readonly string[] Requests = ["request", "review_requests"];

    public override RuleDescription Description { get; } = new("teleport-loose-pattern", RuleSystem.Teleport, RuleCategory.Exposure, LintLevel.Warning)
    {
        What = "a pattern binds its anchors to the first and last alternative alone, and so matches more than it names",
        Why = "Teleport takes `^a|b$` as it is written: whatever begins with `a`, and whatever ends with `b`. Only brackets make the anchors hold for both.",
        Avoid = new("teleport.yaml", """
            kind: role
            version: v7
            metadata: {name: sre}
            spec:
              allow:
                kubernetes_labels: {region: ['^us-west-1|eu-central-1$']}
                kubernetes_groups: [acme:sre]
                kubernetes_resources: [{kind: '*', namespace: '*', name: '*', verbs: ['*']}]
            """),
        Prefer = new("teleport.yaml", """
            kind: role
            version: v7
            metadata: {name: sre}
            spec:
              allow:
                kubernetes_labels: {region: ['^(us-west-1|eu-central-1)$']}
                kubernetes_groups: [acme:sre]
                kubernetes_resources: [{kind: '*', namespace: '*', name: '*', verbs: ['*']}]
            """),
        References = [TeleportReferences.RoleSource],
    };

    protected override void Check(TeleportRole role, LintReport report)
    {
        var labels = new[] { role.Allow, role.Deny }.SelectMany(side => side?.Entries.Where(entry => entry.Key.EndsWith("_labels", StringComparison.Ordinal)) ?? [])
            .SelectMany(entry => entry.Value is DataMap map ? map.Entries : []).SelectMany(label => TeleportData.Texts(label.Value));
        var resources = new[] { role.Allow, role.Deny }.SelectMany(side => TeleportData.Maps(side, "kubernetes_resources"))
            .SelectMany(entry => new[] { TeleportData.Text(entry, "name"), TeleportData.Text(entry, "namespace") }).OfType<DataScalar>();
        var requests = Requests.SelectMany(key => TeleportData.Texts(TeleportData.Map(role.Allow, key), "roles"));
        foreach (var pattern in labels.Concat(resources).Concat(requests).Where(pattern => IsLoose(pattern.Text)))
        {
            var meant = $"^({pattern.Text[1..^1]})$";
            report.Add(pattern.Location, $"`{pattern.Text}` also matches what only begins like its first part or ends like its last", $"write `{meant}`");
        }
    }

    private static bool IsLoose(string pattern)
    {
        if (!pattern.StartsWith('^') || !pattern.EndsWith('$'))
        {
            return false;
        }

        var depth = 0;
        var isInClass = false;
        for (var i = 1; i < pattern.Length - 1; i++)
        {
            // A second anchor shows that the author knows.
            switch (pattern[i])
            {
                case '\\':
                    i++;
                    break;
                case '[':
                    isInClass = true;
                    break;
                case ']':
                    isInClass = false;
                    break;
                case '(' when !isInClass:
                    depth++;
                    break;
                case ')' when !isInClass:
                    depth--;
                    break;
                case '|' when !isInClass && depth == 0:
                    return pattern[i - 1] != '$' && pattern[i + 1] != '^';
            }
        }

        return false;
    }
}
