using PolicyLang.Diagnostics;

namespace PolicyLang.Projects.Outputs;

/// <summary>Compares an output root with what the policy compiles to. Reads only.</summary>
internal sealed class OutputPlanner
{
    private readonly IOutputFileSystem _files;
    private readonly OutputSet _outputs;
    private readonly DiagnosticBag _diagnostics;
    private readonly Dictionary<string, OutputEntryKind> _folders = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _owners = new(StringComparer.Ordinal);

    // Removed paths by their spelling on file systems that ignore case: a new path that differs only in case must be written, though something seems to stand there.
    private readonly HashSet<string> _removed = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _reported = new(StringComparer.Ordinal);
    private readonly List<OutputChange> _changes = [];
    private readonly HashSet<string> _staleTargets = new(StringComparer.Ordinal);
    private int _unchanged;

    private OutputPlanner(IOutputFileSystem files, OutputSet outputs, DiagnosticBag diagnostics)
    {
        _files = files;
        _outputs = outputs;
        _diagnostics = diagnostics;
    }

    /// <summary>Makes a plan, or reports why there can be none.</summary>
    public static OutputPlan? Plan(IOutputFileSystem files, OutputSet outputs, DiagnosticBag diagnostics, CancellationToken cancellation)
        => new OutputPlanner(files, outputs, diagnostics).Plan(cancellation);

    private OutputPlan? Plan(CancellationToken cancellation)
    {
        var errorsBefore = _diagnostics.Count;
        CheckPaths();
        var (manifest, manifestBytes) = ReadManifest();
        if (manifest is null || _diagnostics.Count > errorsBefore)
        {
            return null;
        }

        CheckVanishedClusters(manifest);
        foreach (var (path, target) in manifest.TargetsByPath)
        {
            _owners.Add(path, target);
        }

        PlanRemovals(manifest, cancellation);
        PlanWrites(cancellation);
        var mixed = IsMixed();
        if (_diagnostics.Count > errorsBefore)
        {
            return null;
        }

        _changes.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        PlanManifest(mixed ? OutputManifest.AfterMixedWrite(manifest, _outputs) : OutputManifest.For(_outputs), manifestBytes);
        return new OutputPlan([.. _changes], _unchanged);
    }

    private void CheckPaths()
    {
        var paths = new List<string>();
        foreach (var file in _outputs.Files.Values.SelectMany(files => files))
        {
            if (OutputPaths.FindProblem(file.Path) is { } problem)
            {
                _diagnostics.Report(OutputDiagnostics.UnsafePath, null, $"`{file.Path}` cannot be an output path: {problem}", "correct the output template or the name in it");
            }
            else
            {
                paths.Add(file.Path);
            }
        }

        OutputPaths.CheckCollisions(paths, _diagnostics);
    }

    private (OutputManifest? Manifest, byte[]? Bytes) ReadManifest()
    {
        switch (_files.GetKind(OutputManifest.FileName))
        {
            case OutputEntryKind.None:
                return (OutputManifest.Empty, null);
            case OutputEntryKind.File:
                break;
            default:
                _diagnostics.Report(OutputDiagnostics.DamagedManifest, null, $"`{OutputManifest.FileName}` in the output folder is no regular file", "put back the file from version control");
                return (null, null);
        }

        var bytes = _files.ReadFile(OutputManifest.FileName);
        try
        {
            return (OutputManifest.Parse(bytes), bytes);
        }
        catch (ManifestException exception)
        {
            var message = $"`{OutputManifest.FileName}` in the output folder cannot be used: {exception.Message}";
            if (exception.IsLaterFormat)
            {
                _diagnostics.Report(OutputDiagnostics.UnknownManifestFormat, null, message, "use the version of policyc that wrote it, or a later one");
            }
            else
            {
                _diagnostics.Report(OutputDiagnostics.DamagedManifest, null, message, "put back the file from version control; after a merge conflict take one side and run `policyc build`");
            }

            return (null, null);
        }
    }

    private void CheckVanishedClusters(OutputManifest manifest)
    {
        var declared = _outputs.Clusters.Select(cluster => cluster.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var cluster in manifest.Clusters.Values)
        {
            if (!cluster.IsRetired && !declared.Contains(cluster.Name))
            {
                _diagnostics.Report(
                    OutputDiagnostics.ClusterVanished,
                    null,
                    $"the cluster `{cluster.Name}` has outputs, and the policy does not declare it any more: removing the files would leave its access in place",
                    $"declare it as `cluster {cluster.Name} {{ retired }}`, build and apply that once, and remove it then");
            }
        }
    }

    private void PlanRemovals(OutputManifest manifest, CancellationToken cancellation)
    {
        var produced = _outputs.Files.Values.SelectMany(files => files).Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var (path, target) in manifest.TargetsByPath)
        {
            cancellation.ThrowIfCancellationRequested();
            if (produced.Contains(path) || !IsReachable(path, removing: true))
            {
                continue;
            }

            switch (_files.GetKind(path))
            {
                case OutputEntryKind.None:
                    break;
                case OutputEntryKind.File:
                    if (_outputs.Includes(target))
                    {
                        _removed.Add(path);
                    }

                    AddChange(new OutputChange(path, target, OutputChangeKind.Remove, _files.ReadFile(path), default));
                    break;
                default:
                    _diagnostics.Report(
                        OutputDiagnostics.ForeignFile, null, $"`{path}` is to be removed, but it is no file any more", "remove it by hand, after a look at what it is");
                    break;
            }
        }
    }

    private void PlanWrites(CancellationToken cancellation)
    {
        foreach (var (target, files) in _outputs.Files)
        {
            foreach (var file in files)
            {
                cancellation.ThrowIfCancellationRequested();
                if (IsReachable(file.Path, removing: false))
                {
                    PlanWrite(target, file.Path, file.Content);
                }
            }
        }
    }

    private void PlanWrite(string target, string path, ReadOnlyMemory<byte> content)
    {
        var kind = _removed.Contains(path) ? OutputEntryKind.None : _files.GetKind(path);
        switch (kind)
        {
            case OutputEntryKind.None:
                AddChange(new OutputChange(path, target, OutputChangeKind.Create, default, content));
                break;
            case OutputEntryKind.File:
                PlanRewrite(target, path, content);
                break;
            case OutputEntryKind.Folder when HoldsOnlyRemovedFiles(path):
                AddChange(new OutputChange(path, target, OutputChangeKind.Create, default, content));
                break;
            case OutputEntryKind.Folder:
                ReportForeign(path, $"a folder stands at `{path}`, where policyc would write a file");
                break;
            default:
                ReportLink(path, path, removing: false);
                break;
        }
    }

    private void PlanRewrite(string target, string path, ReadOnlyMemory<byte> content)
    {
        var previous = _files.ReadFile(path);
        if (content.Span.SequenceEqual(previous))
        {
            // Equal bytes are adopted: after a lost manifest or a first build in a repository with committed outputs nothing is at risk.
            if (_outputs.Includes(target))
            {
                _unchanged++;
            }
        }
        else if (_owners.ContainsKey(path))
        {
            AddChange(new OutputChange(path, target, OutputChangeKind.Update, previous, content));
        }
        else
        {
            ReportForeign(path, $"`{path}` exists, and policyc did not write it");
        }
    }

    private void AddChange(OutputChange change)
    {
        if (change.Target is { } target && !_outputs.Includes(target))
        {
            _staleTargets.Add(target);
        }
        else
        {
            _changes.Add(change);
        }
    }

    private bool IsMixed()
    {
        if (_staleTargets.Count > 0 && !_outputs.AllowsMixedTargets)
        {
            var names = string.Join(", ", _staleTargets.Order(StringComparer.Ordinal).Select(name => $"`{name}`"));
            _diagnostics.Report(
                OutputDiagnostics.MixedTargets,
                null,
                $"only {string.Join(", ", _outputs.OnlyTargets.Select(name => $"`{name}`"))} would be written, but the outputs of {names} are out of date too",
                "leave out `--target`, or add `--allow-mixed` if files of two states of the policy may stand side by side");
        }

        return _staleTargets.Count > 0;
    }

    private void PlanManifest(OutputManifest manifest, byte[]? previous)
    {
        var content = manifest.ToBytes();
        if (previous is null)
        {
            _changes.Add(new OutputChange(OutputManifest.FileName, null, OutputChangeKind.Create, default, content));
        }
        else if (!content.AsSpan().SequenceEqual(previous))
        {
            _changes.Add(new OutputChange(OutputManifest.FileName, null, OutputChangeKind.Update, previous, content));
        }
    }

    /// <summary>Whether a path can be reached without a symbolic link and without a foreign file in place of a folder.</summary>
    private bool IsReachable(string path, bool removing)
    {
        foreach (var folder in OutputPaths.ParentFolders(path))
        {
            if (!_folders.TryGetValue(folder, out var kind))
            {
                kind = _files.GetKind(folder);
                _folders.Add(folder, kind);
            }

            switch (kind)
            {
                case OutputEntryKind.None:
                    return true;
                case OutputEntryKind.Folder:
                    break;
                case OutputEntryKind.File when removing || _removed.Contains(folder):
                    return true;
                case OutputEntryKind.File:
                    ReportForeign(folder, $"a file stands at `{folder}`, where policyc needs a folder");
                    return false;
                default:
                    ReportLink(folder, path, removing);
                    return false;
            }
        }

        return true;
    }

    private bool HoldsOnlyRemovedFiles(string folder)
        => _files.ListNames(folder).All(name =>
        {
            var path = $"{folder}/{name}";
            return _files.GetKind(path) switch
            {
                OutputEntryKind.File => _removed.Contains(path),
                OutputEntryKind.Folder => HoldsOnlyRemovedFiles(path),
                _ => false,
            };
        });

    private void ReportForeign(string path, string message)
    {
        if (_reported.Add(path))
        {
            _diagnostics.Report(OutputDiagnostics.ForeignFile, null, message, $"move or remove `{path}`, or choose another output folder");
        }
    }

    private void ReportLink(string link, string path, bool removing)
    {
        if (_reported.Add(link))
        {
            var message = string.Equals(link, path, StringComparison.Ordinal)
                ? $"`{link}` is a symbolic link or a special file, where policyc would write a file"
                : $"`{path}` would be {(removing ? "removed" : "written")} through `{link}`, which is a symbolic link or a special file";
            _diagnostics.Report(OutputDiagnostics.ThroughLink, null, message, $"replace `{link}` by a folder or file of its own, or name the place that it leads to as the output folder");
        }
    }
}
