using System.Collections.Immutable;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Targets;

namespace PolicyLang.Projects;

/// <summary>Turns the data of <c>policyc.yaml</c> into settings.</summary>
internal static class ProjectSettingsReader
{
    private const string What = "`policyc.yaml`";

    public static ProjectSettings Defaults { get; } = new(
        [ProjectFileDefinitions.DefaultSource],
        ProjectFileDefinitions.DefaultOutputRoot,
        AllowsOutputOutside: false,
        IdentityProviderSection.BuiltIn,
        ImmutableSortedDictionary.Create<string, Semantics.AccessPath>(StringComparer.Ordinal),
        HasPathSection: false,
        KubernetesVersions.GreatestMinor,
        [],
        ImmutableSortedDictionary.Create<string, SettingBlock>(StringComparer.Ordinal));

    /// <summary>The settings; the defaults stand in for what is wrong.</summary>
    public static ProjectSettings Read(DataMap file, ImmutableArray<ITarget> targets, string toolVersion, DiagnosticBag diagnostics)
    {
        // A file for another version may hold anything, so nothing else is said about it.
        if (!IsForThisTool(file, toolVersion, diagnostics))
        {
            return Defaults;
        }

        LiteralSecrets.Check(file, diagnostics);
        var paths = file.Find("paths");
        var rest = paths is null ? file : file with { Entries = file.Entries.Remove(paths) };
        var block = SettingReader.Read(rest, ProjectFileDefinitions.File(targets), What, diagnostics);
        var providers = IdentityProviderSection.Read(block, diagnostics);
        var output = block.FindBlock("output") ?? SettingBlock.Empty;
        var allowsOutside = output.GetFlag("outside_project", false);
        var sections = ReadSections(block, targets, diagnostics);
        var kubernetes = block.FindBlock(ProjectFileDefinitions.KubernetesSection) ?? SettingBlock.Empty;
        return new ProjectSettings(
            block.Has("sources") ? ReadSources(block.GetList("sources"), diagnostics) : Defaults.Sources,
            ReadOutputRoot(output, allowsOutside, diagnostics),
            allowsOutside,
            providers,
            PathSection.Read(paths, targets, providers, diagnostics),
            paths is not null,
            KubernetesVersions.MinorOf(kubernetes.GetText("version", "")) ?? Defaults.KubernetesMinorVersion,
            CustomResourceSection.Read(kubernetes.GetBlocks("custom_resources"), diagnostics),
            sections)
        {
            Lint = LintSection.Read(block.FindBlock(ProjectFileDefinitions.LintSection) ?? SettingBlock.Empty, diagnostics),
            Exceptions = BaseExcuse.Read(block.GetBlocks(ProjectFileDefinitions.ExceptionsSection), diagnostics),
            ClusterModes = ClusterModes.Read(block.GetTextMap(ProjectFileDefinitions.ClustersSection), diagnostics),
        };
    }

    private static bool IsForThisTool(DataMap file, string toolVersion, DiagnosticBag diagnostics)
    {
        if (file.Find("policyc")?.Value is DataScalar range)
        {
            if (ToolVersionRange.TryParse(range.Text) is not { } versions)
            {
                diagnostics.Report(
                    ProjectDiagnostics.InvalidVersionRange,
                    range.Location,
                    $"`{range.Text}` is no range of versions",
                    "write comparisons with `>=`, `>`, `<`, `<=` or `=`, separated by spaces: `\">=0.1 <1\"`");
            }
            else if (!versions.Contains(toolVersion))
            {
                diagnostics.Report(
                    ProjectDiagnostics.WrongToolVersion,
                    range.Location,
                    $"this project needs policyc `{range.Text}`, and this is policyc {toolVersion}",
                    "install a version in that range; a project is built by one version so that its outputs do not change by themselves");
                return false;
            }
        }

        if (file.Find("language")?.Value is DataScalar { Text: not "1" } language && language.Text.All(char.IsAsciiDigit) && language.Text.Length > 0)
        {
            diagnostics.Report(
                ProjectDiagnostics.UnknownLanguageVersion,
                language.Location,
                $"policyc {toolVersion} does not read version {language.Text} of the language, only version 1",
                "install a policyc that does, or write `language: 1`");
            return false;
        }

        return true;
    }

    private static ImmutableArray<string> ReadSources(ImmutableArray<SettingText> patterns, DiagnosticBag diagnostics)
    {
        var sources = ImmutableArray.CreateBuilder<string>(patterns.Length);
        foreach (var pattern in patterns)
        {
            if (GlobPattern.TryParse(pattern.Text, out var problem) is null)
            {
                diagnostics.Report(ProjectDiagnostics.InvalidPattern, pattern.Location, $"the pattern `{pattern.Text}` {problem}");
            }
            else if (!pattern.Text.EndsWith(".policy", StringComparison.Ordinal))
            {
                diagnostics.Report(ProjectDiagnostics.InvalidPattern, pattern.Location, $"the pattern `{pattern.Text}` must end in `.policy`", "policy files end in `.policy`: write `folder/**/*.policy`");
            }
            else
            {
                sources.Add(pattern.Text);
            }
        }

        return sources.ToImmutable();
    }

    private static string ReadOutputRoot(SettingBlock output, bool allowsOutside, DiagnosticBag diagnostics)
        => output.FindText("root") is { } root
            ? OutputPathRules.Check(root, allowsOutside, "keep it in the project, or set `outside_project: true` beside it", diagnostics) ?? Defaults.OutputRoot
            : Defaults.OutputRoot;

    private static ImmutableSortedDictionary<string, SettingBlock> ReadSections(SettingBlock file, ImmutableArray<ITarget> targets, DiagnosticBag diagnostics)
    {
        var sections = ImmutableSortedDictionary.CreateBuilder<string, SettingBlock>(StringComparer.Ordinal);
        foreach (var section in ProjectFileDefinitions.Sections(targets))
        {
            if (file.FindBlock(section.Name) is { } block && section.Children is { } schema)
            {
                CheckOutputPaths(block, schema, diagnostics);
                sections[section.Name] = block;
            }
        }

        return sections.ToImmutable();
    }

    /// <summary>Checks the output paths in a section or path; they are relative to the output root and stay in it.</summary>
    internal static void CheckOutputPaths(SettingBlock block, SettingSchema schema, DiagnosticBag diagnostics)
    {
        foreach (var setting in schema.Settings)
        {
            if (setting.Kind == SettingKind.Text && OutputPathRules.IsOutputSetting(setting.Name) && block.FindText(setting.Name) is { } path)
            {
                OutputPathRules.Check(path, mayLeave: false, "it is relative to `root` of `output`; move that instead", diagnostics);
            }
            else if (setting.Children is { } children)
            {
                foreach (var (_, nested) in block.GetBlocks(setting.Name))
                {
                    CheckOutputPaths(nested, children, diagnostics);
                }
            }
        }
    }
}
