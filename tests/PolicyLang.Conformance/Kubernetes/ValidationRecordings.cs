using System.Globalization;
using PolicyLang.Targets.Kubernetes.Reading;
using PolicyLang.Tests.Oracle;
using static PolicyLang.Conformance.Kubernetes.OracleObjects;

namespace PolicyLang.Conformance.Kubernetes;

/// <summary>Which objects and names the API server refuses, and with what words.</summary>
internal static class ValidationRecordings
{
    public static IEnumerable<ConformanceRow> Rows()
    {
        yield return Live();
        yield return Upstream();
        yield return Names();
    }

    private static ConformanceRow Live()
    {
        var run = new ConformanceRun("kubernetes/validation_live.json", "errors: kind, field and words");
        foreach (var (test, index) in OracleData.Cases(KubernetesConformance.System, "validation_live.json").Select((t, i) => (t, i)))
        {
            var id = $"{index} {Text(test, "note")}";
            if (Decode(test["object"]!, Text(test, "kind")) is not { } value)
            {
                run.Fail(id, "not decoded");
                continue;
            }

            var defaulted = RbacDefaults.Apply(value);
            var errors = test["old"] is { } old && Decode(old, Text(test, "kind")) is { } before
                ? RbacValidation.ValidateUpdate(defaulted, RbacDefaults.Apply(before))
                : RbacValidation.Validate(defaulted);
            run.Expect(
                id,
                string.Join('\n', test["errors"]!.AsArray().Select(e => $"{Text(e, "type")} {Text(e, "field")} {Text(e, "detail")}")),
                string.Join('\n', errors.Select(e => $"FieldValue{e.Kind} {e.Field} {e.Detail}")));
        }

        return run.ToRow();
    }

    private static ConformanceRow Upstream()
    {
        var run = new ConformanceRun("kubernetes/upstream_validation.json", "first error: kind and field");
        foreach (var test in OracleData.Cases(KubernetesConformance.System, "upstream_validation.json"))
        {
            var value = Decode(test["object"]!, Text(test, "kind"));
            var errors = value is null ? [] : RbacValidation.Validate(value);
            run.Expect(
                Text(test, "case"),
                Text(test, "errorType").Length == 0 ? "" : $"{Text(test, "errorType")} {Text(test, "errorField")}",
                value is null ? "not decoded" : errors.Count == 0 ? "" : $"FieldValue{errors[0].Kind} {errors[0].Field}");
        }

        return run.ToRow();
    }

    private static ConformanceRow Names()
    {
        var run = new ConformanceRun("kubernetes/rbac_names.json", "names: the API server's words");
        foreach (var (test, index) in OracleData.Cases(KubernetesConformance.System, "rbac_names.json").Select((t, i) => (t, i)))
        {
            run.Expect(index.ToString(CultureInfo.InvariantCulture), string.Join("; ", Texts(test, "messages")), string.Join("; ", NameRules.PathSegment(Text(test, "name"))));
        }

        return run.ToRow();
    }
}
