using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Kubernetes;

namespace PolicyLang.Linting.Rules.Kubernetes;

internal sealed class KubernetesRepeatedKey : ArtefactRule
{
    private const int ShortBlock = 16;

    public override RuleDescription Description { get; } = new("kubernetes-repeated-key", RuleSystem.Kubernetes, RuleCategory.Correctness, LintLevel.Error)
    {
        What = "a key stands twice in one block",
        Why = "YAML allows a key once. kubectl takes the last one and says nothing, so that the first is a right or a subject that the file shows and the cluster does not have; kustomize and other tools refuse the file.",
        Avoid = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: viewers}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
            subjects:
            - apiGroup: rbac.authorization.k8s.io
              kind: Group
              name: acme:viewers
              name: acme:auditors
            """),
        Prefer = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: viewers}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
            subjects:
            - apiGroup: rbac.authorization.k8s.io
              kind: Group
              name: acme:viewers
            - apiGroup: rbac.authorization.k8s.io
              kind: Group
              name: acme:auditors
            """),
        References = [new("YAML 1.2: mapping keys are unique", "https://yaml.org/spec/1.2.2/#3211-nodes")],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        // What several aliases stand for is one text, and walking it again is cheap: an alias counts for all it stands for when a file is read.
        var seen = new HashSet<SourceLocation>();
        foreach (var item in artefacts.Kubernetes.Roles.Concat<KubernetesObject>(artefacts.Kubernetes.Bindings))
        {
            var rest = new Stack<DataNode>([item.Map]);
            while (rest.TryPop(out var node))
            {
                if (node is DataMap map)
                {
                    Check(map, seen, report);
                    foreach (var entry in map.Entries)
                    {
                        rest.Push(entry.Value);
                    }
                }

                foreach (var child in node is DataList list ? list.Items : [])
                {
                    rest.Push(child);
                }
            }
        }
    }

    private static void Check(DataMap map, HashSet<SourceLocation> seen, LintReport report)
    {
        // Nearly all blocks are short, and a table for each would cost more than all other rules.
        var last = map.Entries.Length > ShortBlock ? map.Entries.GroupBy(entry => entry.Key, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Last(), StringComparer.Ordinal) : null;
        foreach (var entry in map.Entries)
        {
            var counts = last is null ? map.Find(entry.Key)! : last[entry.Key];
            if (!ReferenceEquals(counts, entry) && entry.Key.Length > 0 && seen.Add(entry.KeyLocation))
            {
                report.Add(entry.KeyLocation, $"`{entry.Key}` stands again in this block, and this one does not count", "keep one of them, or make two blocks", null, new RelatedLocation(counts.KeyLocation, "this one counts"));
            }
        }
    }
}
