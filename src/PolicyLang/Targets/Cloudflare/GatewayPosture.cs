using System.Collections.Immutable;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics;

namespace PolicyLang.Targets.Cloudflare;

/// <summary>Conditions as expressions over the posture checks that a device passed.</summary>
internal static class GatewayPosture
{
    /// <summary>The expression for a condition, or nothing for the one that always holds. What cannot be said is reported.</summary>
    public static GatewayExpression? Express(AccessPath path, Condition condition, DiagnosticBag diagnostics)
    {
        if (condition.IsAlways)
        {
            return null;
        }

        var checks = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var posture in condition.Postures)
        {
            var assertions = posture.Assertions.GetValueOrDefault(path.Name);
            checks.UnionWith(Read(path, posture, assertions.IsDefault ? [] : assertions, diagnostics));
        }

        // A set of identifiers would mean "one of them": every check needs a comparison of its own.
        return new GatewayConjunction([.. checks.Select(check => new GatewayMembership(GatewayField.PassedChecks, GatewayInlineSet.OfTexts([check])))]);
    }

    /// <summary>The identifiers of the checks of a posture, UUIDs with dashes. What is none is reported.</summary>
    public static ImmutableArray<string> Read(AccessPath path, Posture posture, ImmutableArray<SettingText> assertions, DiagnosticBag diagnostics)
    {
        var checks = ImmutableArray.CreateBuilder<string>(assertions.Length);
        foreach (var assertion in assertions)
        {
            if (CloudflareId.TryParseUuid(assertion.Text, out var uuid))
            {
                checks.Add(uuid);
            }
            else
            {
                diagnostics.Report(
                    CloudflareDiagnostics.InvalidPosture,
                    assertion.Location,
                    $"posture `{posture.Name}` gives `{assertion.Text}` for path `{path.Name}`, which is no identifier of a device posture check",
                    "write the UUID of the check, which Zero Trust shows beside its name");
            }
        }

        if (assertions.IsEmpty)
        {
            diagnostics.Report(
                CloudflareDiagnostics.InvalidPosture,
                posture.Location,
                $"posture `{posture.Name}` gives no device posture check for path `{path.Name}`, so nothing would be checked",
                $"write `{path.Name} = \"<uuid>\"` in the posture");
        }

        return checks.ToImmutable();
    }
}
