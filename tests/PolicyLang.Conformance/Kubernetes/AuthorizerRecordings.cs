using System.Globalization;
using System.Text.Json.Nodes;
using PolicyLang.Targets.Kubernetes.Reading;
using PolicyLang.Tests.Oracle;
using static PolicyLang.Conformance.Kubernetes.OracleObjects;

namespace PolicyLang.Conformance.Kubernetes;

/// <summary>Decisions of the RBAC authorizer, and whom it would let in.</summary>
internal static class AuthorizerRecordings
{
    public static IEnumerable<ConformanceRow> Rows()
    {
        yield return Requests("upstream_authorizer.json", hasReasons: false);
        yield return Requests("trap_vectors.json", hasReasons: true);
        yield return Requests("authorizer_random.json", hasReasons: true);
        yield return AppliesTo();
        yield return EffectiveRules();
        yield return SubjectLocator();
    }

    private static string Id(JsonObject test, int index)
        => test["id"]?.GetValue<string>() ?? (test["case"] is JsonValue value && value.TryGetValue<string>(out var name) ? name : index.ToString(CultureInfo.InvariantCulture));

    private static ConformanceRow Requests(string file, bool hasReasons)
    {
        var run = new ConformanceRun($"{KubernetesConformance.System}/{file}", hasReasons ? "requests: decision and reason" : "requests: decision");
        foreach (var (test, index) in OracleData.Cases(KubernetesConformance.System, file).Select((t, i) => (t, i)))
        {
            var (policy, roles) = Policy(test["policy"]!);
            foreach (var request in test["requests"]!.AsArray().Select(r => r!))
            {
                var decision = policy.Decide(roles, Text(request, "user"), Texts(request, "groups"), Request(request));
                var expected = request["allowed"]!.GetValue<bool>();
                run.Expect(
                    $"{Id(test, index)} {request.ToJsonString()}",
                    hasReasons ? $"{expected} {Text(request, "reason")}" : $"{expected}",
                    hasReasons ? $"{decision.Grant is not null} {Reason(decision)}" : $"{decision.Grant is not null}");
            }
        }

        return run.ToRow();
    }

    private static string Reason(RbacDecision decision)
    {
        if (decision.Grant is not { } grant)
        {
            var missing = decision.Missing.Select(kind => kind.ToLowerInvariant() + " not found").Distinct().ToArray();
            return missing.Length switch { 0 => "", 1 => $"RBAC: {missing[0]}", _ => $"RBAC: [{string.Join(", ", missing)}]" };
        }

        var (binding, subject) = (grant.Binding, grant.Binding.Subjects[grant.Subject]);
        var subjectName = subject.Kind == "ServiceAccount" ? $"{subject.Name}/{(subject.Namespace.Length > 0 ? subject.Namespace : binding.Metadata.Namespace)}" : subject.Name;
        var bindingName = binding.IsNamespaced ? $"{binding.Metadata.Name}/{binding.Metadata.Namespace}" : binding.Metadata.Name;
        return $"RBAC: allowed by {binding.Kind} \"{bindingName}\" of {binding.RoleRef.Kind} \"{binding.RoleRef.Name}\" to {subject.Kind} \"{subjectName}\"";
    }

    private static ConformanceRow AppliesTo()
    {
        var run = new ConformanceRun("kubernetes/upstream_applies_to.json", "subjects: first that applies");
        foreach (var test in OracleData.Cases(KubernetesConformance.System, "upstream_applies_to.json"))
        {
            var ns = Text(test, "namespace");
            var binding = new RbacBindingObject(ns.Length > 0, new RbacMetadata("b", ns, []), new RbacRoleReference("", "ClusterRole", "r"), Subjects(test["subjects"]), default);
            var policy = new RbacPolicy([binding]);
            var found = policy.GrantsTo(Text(test, "user"), Texts(test, "groups"));
            var applies = test["appliesTo"]!.GetValue<bool>();
            run.Expect(Text(test, "case"), applies ? test["index"]!.GetValue<int>() : -1, found.Count > 0 ? policy.Grants[found[0]].Subject : -1);
        }

        return run.ToRow();
    }

    private static ConformanceRow EffectiveRules()
    {
        var run = new ConformanceRun("kubernetes/upstream_rule_resolver.json", "rules of a user in a namespace");
        foreach (var (test, index) in OracleData.Cases(KubernetesConformance.System, "upstream_rule_resolver.json").Select((t, i) => (t, i)))
        {
            var (policy, roles) = Policy(test["policy"]!);
            var rules = policy.GrantsTo(Text(test, "user"), Texts(test, "groups"))
                .Select(i => policy.Grants[i])
                .Where(g => RbacPolicy.IsInForce(g, Text(test, "namespace")))
                .SelectMany(g => roles.RulesOf(g.Binding) ?? []);
            run.Expect(Id(test, index), ShowSorted(Rules(test["effectiveRules"])), ShowSorted(rules));
        }

        return run.ToRow();
    }

    private static ConformanceRow SubjectLocator()
    {
        var run = new ConformanceRun("kubernetes/upstream_subject_locator.json", "requests: whom they are allowed to, in order");
        foreach (var test in OracleData.Cases(KubernetesConformance.System, "upstream_subject_locator.json"))
        {
            var (policy, roles) = Policy(test["policy"]!);
            List<RbacSubjectObject> first = [new(RbacWords.Group, "Group", "system:masters", "")];
            if (Text(test, "superUser") is { Length: > 0 } superUser)
            {
                first.Add(new RbacSubjectObject(RbacWords.Group, "User", superUser, ""));
            }

            foreach (var request in test["requests"]!.AsArray().Select(r => r!))
            {
                var actual = first.Concat(policy.AllowedSubjects(roles, Request(request)));
                run.Expect($"{Text(test, "case")} {Text(request, "namespace")}", string.Join("; ", Subjects(request["allowedSubjects"])), string.Join("; ", actual));
            }
        }

        return run.ToRow();
    }
}
