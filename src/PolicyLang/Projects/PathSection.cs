using System.Collections.Immutable;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics;
using PolicyLang.Targets;

namespace PolicyLang.Projects;

/// <summary>Reads <c>paths</c>: each path obeys the schema of its kind.</summary>
internal static class PathSection
{
    public static ImmutableSortedDictionary<string, AccessPath> Read(
        DataEntry? section,
        ImmutableArray<ITarget> targets,
        ImmutableSortedDictionary<string, IdentityProvider> providers,
        DiagnosticBag diagnostics)
    {
        var paths = ImmutableSortedDictionary.CreateBuilder<string, AccessPath>(StringComparer.Ordinal);
        if (section is null)
        {
            return paths.ToImmutable();
        }

        if (section.Value is not DataMap map)
        {
            diagnostics.Report(DataDiagnostics.WrongSettingKind, section.Value.Location, "`paths` of `policyc.yaml` must be a block of paths by name", "write `paths: { teleport: { kind: teleport } }`");
            return paths.ToImmutable();
        }

        var kinds = ProjectFileDefinitions.PathKinds(targets);
        foreach (var entry in map.Entries)
        {
            if (ReadPath(entry, kinds, targets, providers, diagnostics) is { } path)
            {
                paths[path.Name] = path;
            }
        }

        return paths.ToImmutable();
    }

    private static AccessPath? ReadPath(
        DataEntry entry,
        ImmutableSortedDictionary<string, PathKind> kinds,
        ImmutableArray<ITarget> targets,
        ImmutableSortedDictionary<string, IdentityProvider> providers,
        DiagnosticBag diagnostics)
    {
        var name = new SettingText(entry.Key, entry.KeyLocation);
        if (entry.Value is not DataMap body)
        {
            diagnostics.Report(DataDiagnostics.WrongSettingKind, entry.Value.Location, $"the path `{entry.Key}` must be a block", $"write `{entry.Key}: {{ kind: … }}`");
            return null;
        }

        var isNamed = ReservedNames.Check(name, "a path", diagnostics) && IsFree(name, providers, diagnostics);
        if (FindKind(body, name, kinds, diagnostics) is not { } kind)
        {
            return null;
        }

        var schema = ProjectFileDefinitions.PathSchema(kind, targets);
        var findings = new DiagnosticBag();
        var settings = SettingReader.Read(body, schema, $"path `{name.Text}`", findings);
        ProjectSettingsReader.CheckOutputPaths(settings, schema, findings);
        var people = FindPeople(settings, name, kind, providers, findings);
        diagnostics.AddRange(findings.ToSortedArray());
        if (findings.HasErrors || !isNamed)
        {
            return null;
        }

        var path = new AccessPath(name.Text, kind, people, settings, name.Location);
        kind.CheckPath(path, diagnostics);
        return path;
    }

    // A subject's block names providers and paths alike, so one word must not mean both.
    private static bool IsFree(SettingText name, ImmutableSortedDictionary<string, IdentityProvider> providers, DiagnosticBag diagnostics)
    {
        if (!providers.TryGetValue(name.Text, out var provider))
        {
            return true;
        }

        diagnostics.Report(
            ProjectDiagnostics.NameTaken,
            name.Location,
            $"the path `{name.Text}` has the name of an identity provider",
            "choose another name; a subject's block names both",
            provider.Location is { } declared ? [new RelatedLocation(declared, "the identity provider is declared here")] : []);
        return false;
    }

    private static PathKind? FindKind(DataMap body, SettingText name, ImmutableSortedDictionary<string, PathKind> kinds, DiagnosticBag diagnostics)
    {
        var known = $"it is one of {string.Join(", ", kinds.Keys.Select(k => $"`{k}`"))}";
        switch (body.Find("kind"))
        {
            case null:
                diagnostics.Report(DataDiagnostics.MissingSetting, name.Location, $"path `{name.Text}` needs `kind`", known);
                return null;
            case { Value: DataScalar text } when kinds.TryGetValue(text.Text, out var kind):
                return kind;
            case { Value: DataScalar text }:
                diagnostics.Report(DataDiagnostics.UnknownChoice, text.Location, $"there is no kind of path `{text.Text}`", Suggestions.DidYouMean(text.Text, kinds.Keys) ?? known);
                return null;
            case var entry:
                diagnostics.Report(DataDiagnostics.WrongSettingKind, entry.Value.Location, $"`kind` of path `{name.Text}` must be a single text", known);
                return null;
        }
    }

    private static string? FindPeople(SettingBlock settings, SettingText name, PathKind kind, ImmutableSortedDictionary<string, IdentityProvider> providers, DiagnosticBag diagnostics)
    {
        if (settings.FindText("people") is not { } people)
        {
            return kind.DefaultPeople;
        }

        if (!providers.TryGetValue(people.Text, out var provider))
        {
            diagnostics.Report(
                ProjectDiagnostics.UnknownProvider,
                people.Location,
                $"path `{name.Text}` names the identity provider `{people.Text}`, which does not exist",
                Suggestions.DidYouMean(people.Text, providers.Keys) ?? $"declare it under `identity_providers`, or use one of {string.Join(", ", providers.Keys.Select(p => $"`{p}`"))}");
        }
        else if (!kind.PeopleKinds.IsEmpty && !kind.PeopleKinds.Contains(provider.Kind, StringComparer.Ordinal))
        {
            diagnostics.Report(
                ProjectDiagnostics.WrongProviderKind,
                people.Location,
                $"path `{name.Text}` cannot see the people of `{people.Text}`, a provider of kind `{provider.Kind}`",
                $"a path of kind `{kind.Name}` sees the people of a provider of kind {string.Join(" or ", kind.PeopleKinds.Select(k => $"`{k}`"))}");
        }

        return people.Text;
    }
}
