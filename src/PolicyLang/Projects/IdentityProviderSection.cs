using System.Collections.Immutable;
using PolicyLang.Data;
using PolicyLang.Diagnostics;

namespace PolicyLang.Projects;

/// <summary>Reads <c>identity_providers</c>.</summary>
internal static class IdentityProviderSection
{
    public static ImmutableSortedDictionary<string, IdentityProvider> BuiltIn { get; } =
        ProjectFileDefinitions.BuiltInProviders.ToImmutableSortedDictionary(name => name, name => new IdentityProvider(name, name, null), StringComparer.Ordinal);

    public static ImmutableSortedDictionary<string, IdentityProvider> Read(SettingBlock file, DiagnosticBag diagnostics)
    {
        var providers = BuiltIn.ToBuilder();
        foreach (var (name, block) in file.GetBlocks("identity_providers"))
        {
            if (!ReservedNames.Check(name, "an identity provider", diagnostics) || block.FindText("kind") is not { } kind)
            {
                continue;
            }

            if (BuiltIn.ContainsKey(name.Text) && !string.Equals(kind.Text, name.Text, StringComparison.Ordinal))
            {
                diagnostics.Report(
                    ProjectDiagnostics.BuiltInProvider,
                    kind.Location,
                    $"the identity provider `{name.Text}` is built in and cannot be of kind `{kind.Text}`",
                    $"choose another name, such as `{name.Text}-{kind.Text}`");
                continue;
            }

            providers[name.Text] = new IdentityProvider(name.Text, kind.Text, name.Location);
        }

        return providers.ToImmutable();
    }
}
