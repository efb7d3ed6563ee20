using System.Collections.Immutable;
using System.Globalization;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics;

namespace PolicyLang.Projects;

/// <summary>Access that a file of <c>base</c> gives beyond the policy, and that is meant.</summary>
/// <param name="Name">Its name, with its place.</param>
/// <param name="Path">The path by which it is reached.</param>
/// <param name="Clusters">The patterns of the clusters.</param>
/// <param name="Who">Who has it, in the words of the path's system.</param>
/// <param name="Because">Why.</param>
/// <param name="Until">The last day on which it is meant, if there is one.</param>
public sealed record BaseExcuse(
    SettingText Name,
    SettingText Path,
    ImmutableArray<(SettingText Text, GlobPattern Pattern)> Clusters,
    ImmutableArray<SettingText> Who,
    string Because,
    DateOnly? Until)
{
    /// <summary>Whether it is about a path and a cluster.</summary>
    public bool Covers(string path, string cluster)
        => string.Equals(Path.Text, path, StringComparison.Ordinal) && Clusters.Any(c => c.Pattern.IsMatch(cluster));

    /// <summary>Whether it is about a path, a cluster and somebody, named as the path's system names them. Whom nobody can name, nobody can excuse.</summary>
    public bool Covers(string path, string cluster, string who)
        => who.Length > 0 && Covers(path, cluster) && Who.Any(w => string.Equals(w.Text, who, StringComparison.Ordinal));

    /// <summary>Reports what the exceptions name and the policy does not have, and finds those that hold on a day.</summary>
    /// <param name="exceptions">The project's exceptions.</param>
    /// <param name="paths">The policy's paths.</param>
    /// <param name="clusters">The policy's clusters.</param>
    /// <param name="asOf">The day.</param>
    /// <param name="diagnostics">Receives the findings.</param>
    public static ImmutableArray<BaseExcuse> InForce(
        ImmutableArray<BaseExcuse> exceptions,
        IEnumerable<AccessPath> paths,
        IEnumerable<Cluster> clusters,
        DateOnly asOf,
        DiagnosticBag diagnostics)
    {
        var pathNames = paths.Select(path => path.Name).ToHashSet(StringComparer.Ordinal);
        Cluster[] all = [.. clusters];
        var inForce = ImmutableArray.CreateBuilder<BaseExcuse>(exceptions.Length);
        foreach (var exception in exceptions)
        {
            if (!pathNames.Contains(exception.Path.Text))
            {
                diagnostics.Report(
                    ProjectDiagnostics.UnknownExceptionPath,
                    exception.Path.Location,
                    $"exception `{exception.Name.Text}` is about path `{exception.Path.Text}`, which does not exist",
                    Suggestions.DidYouMean(exception.Path.Text, pathNames) ?? "name a path that has a `base`");
                continue;
            }

            foreach (var (text, pattern) in exception.Clusters)
            {
                if (!all.Any(cluster => cluster.Paths.ContainsKey(exception.Path.Text) && pattern.IsMatch(cluster.Name)))
                {
                    diagnostics.Report(
                        ProjectDiagnostics.ExceptionWithoutCluster,
                        text.Location,
                        $"`{text.Text}` of exception `{exception.Name.Text}` matches no cluster that path `{exception.Path.Text}` leads to",
                        Suggestions.DidYouMean(text.Text, all.Select(cluster => cluster.Name)) ?? "correct or remove it");
                }
            }

            if (exception.Until < asOf)
            {
                diagnostics.Report(
                    ProjectDiagnostics.ExpiredException,
                    exception.Name.Location,
                    $"exception `{exception.Name.Text}` ended with {exception.Until.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}, and excuses nothing any more",
                    "remove it, or give it a later day");
                continue;
            }

            inForce.Add(exception);
        }

        return inForce.ToImmutable();
    }

    /// <summary>Reads <c>exceptions</c>.</summary>
    internal static ImmutableArray<BaseExcuse> Read(ImmutableArray<(SettingText Key, SettingBlock Block)> blocks, DiagnosticBag diagnostics)
    {
        var exceptions = ImmutableArray.CreateBuilder<BaseExcuse>(blocks.Length);
        var names = new Dictionary<string, SettingText>(StringComparer.Ordinal);
        foreach (var (_, block) in blocks)
        {
            if (block.FindText("name") is not { } name || block.FindText("path") is not { } path || block.FindText("because") is not { } because)
            {
                continue; // said already
            }

            if (!names.TryAdd(name.Text, name))
            {
                diagnostics.Report(
                    ProjectDiagnostics.RepeatedException,
                    name.Location,
                    $"two exceptions are called `{name.Text}`",
                    "give each a name of its own",
                    new RelatedLocation(names[name.Text].Location, "the other one"));
            }

            CheckNotEmpty(block, name, "clusters", diagnostics);
            CheckNotEmpty(block, name, "who", diagnostics);
            exceptions.Add(new BaseExcuse(name, path, ReadClusters(block.GetList("clusters"), diagnostics), block.GetList("who"), because.Text, ReadDay(block.FindText("until"), diagnostics)));
        }

        return exceptions.ToImmutable();
    }

    private static void CheckNotEmpty(SettingBlock block, SettingText name, string list, DiagnosticBag diagnostics)
    {
        if (block.Has(list) && block.GetList(list).IsEmpty)
        {
            diagnostics.Report(ProjectDiagnostics.EmptyException, block.LocationOf(list), $"`{list}` of exception `{name.Text}` is empty, so it excuses nothing", "name what is excused, or remove the exception");
        }
    }

    private static ImmutableArray<(SettingText Text, GlobPattern Pattern)> ReadClusters(ImmutableArray<SettingText> texts, DiagnosticBag diagnostics)
    {
        var clusters = ImmutableArray.CreateBuilder<(SettingText, GlobPattern)>(texts.Length);
        foreach (var text in texts)
        {
            if (GlobPattern.TryParse(text.Text, out var problem) is { } pattern)
            {
                clusters.Add((text, pattern));
            }
            else
            {
                diagnostics.Report(ProjectDiagnostics.InvalidPattern, text.Location, $"the pattern `{text.Text}` {problem}");
            }
        }

        return clusters.ToImmutable();
    }

    private static DateOnly? ReadDay(SettingText? text, DiagnosticBag diagnostics)
    {
        if (text is null)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        diagnostics.Report(ProjectDiagnostics.InvalidExceptionDay, text.Location, $"`{text.Text}` is no day", "write the last day as year-month-day, such as `2027-03-01`");
        return null;
    }
}
