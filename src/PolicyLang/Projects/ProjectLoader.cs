using System.Collections.Immutable;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Targets;

namespace PolicyLang.Projects;

/// <summary>Reads a project: <c>policyc.yaml</c>, or the defaults, and the policy files.</summary>
public static class ProjectLoader
{
    private const string WrongFileName = "policyc.yml";

    /// <summary>Reads a project. Never throws for any content of the files.</summary>
    /// <param name="files">The files of the project.</param>
    /// <param name="targets">The targets whose settings the project file may hold.</param>
    /// <param name="toolVersion">The version of policyc that runs, such as <c>0.1.0</c>.</param>
    /// <param name="diagnostics">Receives what is wrong; with an error the project must not be built.</param>
    public static Project Load(IProjectFiles files, ImmutableArray<ITarget> targets, string toolVersion, DiagnosticBag diagnostics)
    {
        var (settings, sourceEntry, projectFile, isSound) = LoadSettings(files, targets, toolVersion, diagnostics);

        // Without sound settings nobody knows which files are meant, so nothing is said about them.
        var policies = isSound ? ReadPolicies(files, settings, sourceEntry, diagnostics) : [];
        return new Project(settings, policies, projectFile);
    }

    /// <summary>Reads <c>policyc.yaml</c> alone. Never throws for any content of the file.</summary>
    /// <param name="files">The files of the project.</param>
    /// <param name="targets">The targets whose settings the file may hold.</param>
    /// <param name="toolVersion">The version of policyc that runs.</param>
    /// <param name="diagnostics">Receives what is wrong.</param>
    /// <returns>The settings; the defaults without the file, and for what is wrong in it.</returns>
    public static ProjectSettings ReadSettings(IProjectFiles files, ImmutableArray<ITarget> targets, string toolVersion, DiagnosticBag diagnostics)
        => LoadSettings(files, targets, toolVersion, diagnostics).Settings;

    private static (ProjectSettings Settings, DataEntry? Sources, SourceText? File, bool IsSound) LoadSettings(IProjectFiles files, ImmutableArray<ITarget> targets, string toolVersion, DiagnosticBag diagnostics)
    {
        var present = files.Find([ProjectFileDefinitions.FileName, WrongFileName], diagnostics);
        if (present.Contains(WrongFileName, StringComparer.Ordinal))
        {
            diagnostics.Report(
                ProjectDiagnostics.MisnamedProjectFile,
                null,
                $"`{WrongFileName}` is not read: the project file is called `{ProjectFileDefinitions.FileName}`",
                present.Contains(ProjectFileDefinitions.FileName, StringComparer.Ordinal) ? "remove it" : $"rename it to `{ProjectFileDefinitions.FileName}`");
        }

        var findings = new DiagnosticBag();
        var file = present.Contains(ProjectFileDefinitions.FileName, StringComparer.Ordinal) ? files.Read(ProjectFileDefinitions.FileName, null, findings) : null;
        var (settings, sources) = file is null ? (ProjectSettingsReader.Defaults, null) : ReadSettings(file, targets, toolVersion, findings);
        diagnostics.AddRange(findings.ToSortedArray());
        return (settings, sources, file, !findings.HasErrors);
    }

    private static (ProjectSettings Settings, DataEntry? Sources) ReadSettings(SourceText file, ImmutableArray<ITarget> targets, string toolVersion, DiagnosticBag diagnostics)
    {
        switch (YamlDataReader.Read(file, diagnostics))
        {
            case null:
                return (ProjectSettingsReader.Defaults, null);
            case DataMap map:
                return (ProjectSettingsReader.Read(map, targets, toolVersion, diagnostics), map.Find("sources"));
            case var other:
                diagnostics.Report(DataDiagnostics.WrongSettingKind, other.Location, $"`{file.Path}` must hold settings", "write `language: 1` as its first line");
                return (ProjectSettingsReader.Defaults, null);
        }
    }

    private static ImmutableArray<SourceText> ReadPolicies(IProjectFiles files, ProjectSettings settings, DataEntry? sources, DiagnosticBag diagnostics)
    {
        var found = files.Find(settings.Sources, diagnostics);
        ImmutableArray<string> paths = [.. found.Where(path => !IsOutput(path, settings.OutputRoot))];
        if (paths.IsEmpty)
        {
            diagnostics.Report(
                ProjectDiagnostics.NoPolicyFiles,
                sources?.Value.Location,
                $"no policy file matches {string.Join(", ", settings.Sources.Select(s => $"`{s}`"))}",
                sources is null ? "write a file that ends in `.policy`, run `policyc init`, or start policyc in the project folder" : "correct `sources`, or write the files");
            return [];
        }

        foreach (var pattern in SourcePatterns(sources))
        {
            if (GlobPattern.TryParse(pattern.Text, out _) is { } glob && !paths.Any(glob.IsMatch))
            {
                diagnostics.Report(
                    ProjectDiagnostics.SourceMatchesNothing,
                    pattern.Location,
                    $"the pattern `{pattern.Text}` matches no file",
                    "correct or remove it; a policy without some of its files may lack guards");
            }
        }

        return [.. paths.Select(path => files.Read(path, null, diagnostics)).OfType<SourceText>()];
    }

    private static bool IsOutput(string path, string outputRoot)
        => path.StartsWith(outputRoot, StringComparison.Ordinal) && path.Length > outputRoot.Length && path[outputRoot.Length] == '/';

    private static IEnumerable<DataScalar> SourcePatterns(DataEntry? sources) => sources?.Value switch
    {
        DataList list => list.Items.OfType<DataScalar>(),
        DataScalar scalar => [scalar],
        _ => [],
    };
}
