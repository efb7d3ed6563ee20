using System.Collections.Immutable;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics;

namespace PolicyLang.Targets.Teleport;

/// <summary>What postures can ask of Teleport: a trusted device, and nothing else.</summary>
internal static class TeleportPosture
{
    /// <summary>The text that asks for a device enrolled with Teleport's device trust.</summary>
    public const string DeviceTrust = "device-trust";

    /// <summary>Checks the texts of a posture.</summary>
    /// <returns>Whether a role can demand all of them.</returns>
    public static bool Check(TeleportInstance instance, Posture posture, ImmutableArray<SettingText> assertions, DiagnosticBag diagnostics)
    {
        var isSound = true;
        foreach (var assertion in assertions)
        {
            var (descriptor, message, help) = assertion.Text switch
            {
                DeviceTrust when instance.Capabilities.HasDeviceTrust => (null, "", null),
                DeviceTrust => (
                    TeleportDiagnostics.Unsupported,
                    $"posture `{posture.Name}` asks for a trusted device, which {instance.Capabilities} cannot demand",
                    "that takes the enterprise edition, servers and agents of version 12 or newer, and with the operator 15 or newer"),
                "mfa" or "session-mfa" => (
                    TeleportDiagnostics.Posture,
                    $"posture `{posture.Name}` asks for a second factor, which is no property of a device",
                    $"`{TeleportSettings.RequireSessionMfa}: true` on the path asks everybody for it"),
                _ => (
                    TeleportDiagnostics.Posture,
                    $"posture `{posture.Name}` asks Teleport for `{assertion.Text}`, which no role can demand",
                    Suggestions.DidYouMean(assertion.Text, [DeviceTrust]) ?? $"the only text for a Teleport path is `{DeviceTrust}`"),
            };
            if (descriptor is not null)
            {
                diagnostics.Report(descriptor, assertion.Location, message, help);
                isSound = false;
            }
        }

        return isSound;
    }

    /// <summary>Whether a link's condition asks for a trusted device; nothing where an error was reported.</summary>
    public static bool? DemandsTrustedDevice(TeleportInstance instance, Condition condition, SourceLocation location, DiagnosticBag diagnostics)
    {
        var isSound = true;
        foreach (var posture in condition.Postures)
        {
            if (posture.Assertions.TryGetValue(instance.Path.Name, out var assertions) && !assertions.IsEmpty)
            {
                isSound &= Check(instance, posture, assertions, diagnostics);
            }
            else
            {
                diagnostics.Report(
                    TeleportDiagnostics.Posture,
                    location,
                    $"posture `{posture.Name}` says nothing for path `{instance.Path.Name}`, so nothing would be checked there",
                    $"add `{instance.Path.Name} = \"{DeviceTrust}\"` to the posture, or leave the path out of the rule");
                isSound = false;
            }
        }

        return isSound ? !condition.IsAlways : null;
    }
}
