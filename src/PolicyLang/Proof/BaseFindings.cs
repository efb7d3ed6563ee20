using System.Collections.Immutable;
using System.Globalization;
using PolicyLang.Access;
using PolicyLang.Diagnostics;
using PolicyLang.Projects;
using PolicyLang.Reading;

namespace PolicyLang.Proof;

/// <summary>Says what files of <c>base</c> do to clusters, at the line that does it, and lists what is excused.</summary>
internal sealed class BaseFindings(BasePlaces places, ExistingArtefacts existing, DiagnosticBag diagnostics)
{
    // Nobody reads more names in one sentence.
    private const int GreatestNamed = 3;

    private readonly SortedDictionary<(string Exception, string Words), (BaseExcuse Exception, SortedSet<string> Clusters)> _excused = new(
        Comparer<(string Exception, string Words)>.Create(static (a, b) => string.CompareOrdinal(a.Exception, b.Exception) is var order and not 0 ? order : string.CompareOrdinal(a.Words, b.Words)));

    private readonly HashSet<string> _broken = new(StringComparer.Ordinal);

    /// <summary>Reports what statements do: one finding for each, with everybody whom it names and all its clusters.</summary>
    public void Report(ImmutableArray<BaseReach> reaches)
    {
        foreach (var reach in reaches)
        {
            if (reach.Excuse is { } excuse)
            {
                Note(excuse, reach.Words, reach.Difference.Cluster.Name);
            }
        }

        foreach (var same in reaches.Where(reach => reach.Excuse is null && reach.Difference.IsGiven).GroupBy(reach => (reach.Target, reach.By, Groups: string.Join('\n', reach.Groups), reach.Difference.Path.Name)))
        {
            ReportReach([.. same.OrderBy(reach => reach.Place, Comparer<ArtefactPlace>.Create(ArtefactPlace.Compare))]);
        }

        foreach (var same in reaches.Where(reach => !reach.Difference.IsGiven).GroupBy(reach => (reach.Place, reach.Difference.Path.Name)))
        {
            var difference = same.First().Difference;
            diagnostics.Report(
                ProofDiagnostics.BaseBreaksAccess,
                LocationOf(same.Key.Place),
                $"because of this, {difference.Who} who comes via `{difference.Path.Name}` to {Clusters([.. same])} would not have {difference.Right}: {difference.Reason}",
                "take it out of the file, or take the rule out of the policy");
        }
    }

    /// <summary>Reports a difference at the line of the <c>base</c> that it comes from.</summary>
    /// <param name="difference">The difference.</param>
    /// <param name="excused">What exceptions excuse.</param>
    /// <returns>Whether it comes from one.</returns>
    public bool Report(ProofDifference difference, ExcusedDifferences excused)
    {
        if (!difference.IsGiven && existing.Spliced.FirstOrDefault(file => existing.Of(difference.Path).Any(own => string.Equals(own.Path, file.Base.Path, StringComparison.Ordinal))) is { } spliced)
        {
            // One mistake shows in many worlds.
            if (_broken.Add(difference.Path.Name))
            {
                ReportBroken(difference, spliced.Base);
            }

            return true;
        }

        SourceLocation[] locations = difference.IsGiven ? [.. difference.Places.Select(place => places.LocationOf(place)).OfType<SourceLocation>().Distinct()] : [];
        if (locations.Length == 0)
        {
            return false;
        }

        if (excused.Of(difference) is { } excuse)
        {
            Note(excuse, ExcusedDifferences.WordsOf(difference), difference.Cluster.Name);
            return true;
        }

        diagnostics.Report(
            ProofDiagnostics.BaseReachesCluster,
            locations[0],
            $"by this, {difference.Who} who comes via `{difference.Path.Name}` to cluster `{difference.Cluster.Name}` has {difference.Right}, which no rule of the policy gives{Reason(difference)}",
            "take it out of the system, write a rule that gives it, or name it in `exceptions` of `policyc.yaml`",
            [.. locations.Skip(1).Take(GreatestNamed).Select(location => new RelatedLocation(location, "this has a part in what reaches the cluster"))]);
        return true;
    }

    /// <summary>What exceptions excuse, as assumptions; reports the exceptions that excuse nothing.</summary>
    public ImmutableArray<Assumption> Excused()
    {
        foreach (var exception in existing.Excused.Where(exception => !_excused.Keys.Any(key => string.Equals(key.Exception, exception.Name.Text, StringComparison.Ordinal))))
        {
            diagnostics.Report(
                ProofDiagnostics.UnusedException,
                exception.Name.Location,
                $"exception `{exception.Name.Text}` excuses nothing: {string.Join(", ", exception.Who.Select(who => $"`{who.Text}`"))} has no access by the `base` of path `{exception.Path.Text}` that the policy does not give",
                "remove it; who may have access later should be decided then");
        }

        return
        [
            .. _excused.Select(entry => new Assumption(
                AssumptionKind.BaseException,
                $"{entry.Key.Exception} {entry.Key.Words}",
                $"`{entry.Key.Words}` may reach {Clusters([.. entry.Value.Clusters])} via `{entry.Value.Exception.Path.Text}`, as the file of `base` says and no rule does (exception `{entry.Key.Exception}`): {entry.Value.Exception.Because}",
                entry.Value.Exception.Name.Location)),
        ];
    }

    private void Note(BaseExcuse excuse, string words, string cluster)
    {
        var key = (excuse.Name.Text, words);
        if (!_excused.TryGetValue(key, out var entry))
        {
            _excused.Add(key, entry = (excuse, new SortedSet<string>(StringComparer.Ordinal)));
        }

        entry.Clusters.Add(cluster);
    }

    private void ReportReach(BaseReach[] all)
    {
        var first = all[0];
        var path = first.Difference.Path.Name;
        string[] words = [.. all.Select(reach => reach.Words).Where(word => word.Length > 0).Distinct(StringComparer.Ordinal)];
        var who = words.Length == 0 ? first.Difference.Who : Listed(words);
        var by = first.By.Length == 0 ? "" : $", {first.By},";
        var does = !first.Groups.IsEmpty ? $"makes {who}{by} {Listed([.. first.Groups])} on {Clusters(all)}"
            : first.Difference.Right == PathProof.Connection ? $"lets {who}{by} through to the API server of {Clusters(all)}"
            : $"gives {who}{by} {first.Difference.Right} on {Clusters(all)}";
        var example = words is not [var only] || first.Difference.Who.Contains($"`{only}`", StringComparison.Ordinal) ? "" : $" (among others {first.Difference.Who})";
        var because = all.Any(reach => reach.Difference.Reason.Length > 0) ? "; whether it does cannot be told from the file, so it counts" : "";
        var clusters = ClustersOf(all).Select(cluster => $"\"{cluster}\"");
        var target = places.LocationOf(first.Target);
        var location = LocationOf(first.Place);
        diagnostics.Report(
            ProofDiagnostics.BaseReachesCluster,
            location,
            $"this {does} via `{path}`, which no rule of the policy does{example}{because}",
            words.Length == 0
                ? "correct or remove it, so that it can be told who gets through"
                : $"narrow it, write a rule that allows it, or name it in `exceptions` of `policyc.yaml`: {{ name: …, path: {path}, clusters: [{string.Join(", ", clusters)}], who: [{string.Join(", ", words.Select(word => $"\"{word}\""))}], because: … }}",
            target is not null && target != location ? [new RelatedLocation(target, first.Groups.IsEmpty ? "the cluster is reached by this" : "by this")] : []);
    }

    // A statement can take something away from those whom others name, so that none of them is the place; what is not understood is the likeliest.
    private void ReportBroken(ProofDifference difference, SourceText file)
    {
        var suspect = diagnostics.ToSortedArray().FirstOrDefault(d => d.Descriptor == ProofDiagnostics.BaseNotUnderstood && d.Location?.Source.Path == file.Path);
        diagnostics.Report(
            ProofDiagnostics.BaseBreaksAccess,
            suspect?.Location ?? new SourceLocation(file, new TextSpan(0, 0)),
            $"with the text of `{file.Path}` around it, what the policy gives does not hold: {difference.Who} who comes via `{difference.Path.Name}` to cluster `{difference.Cluster.Name}` would not have {difference.Right}{Reason(difference)}",
            "look for what the file says of the same people: a recorder that it enforces, a capability that the proxy cannot decode. If there is nothing, this is a defect of policyc");
    }

    private SourceLocation? LocationOf(ArtefactPlace place) => places.LocationOf(place) ?? places.StartOf(place);

    private static string Reason(ProofDifference difference) => difference.Reason.Length == 0 ? "" : $" ({difference.Reason})";

    private static string[] ClustersOf(BaseReach[] reaches)
        => [.. reaches.Select(reach => reach.Difference.Cluster.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static string Clusters(BaseReach[] reaches) => Clusters(ClustersOf(reaches));

    private static string Clusters(string[] names) => $"{(names.Length == 1 ? "cluster" : "clusters")} {Listed(names)}";

    private static string Listed(string[] names)
    {
        var more = names.Length > GreatestNamed ? string.Create(CultureInfo.InvariantCulture, $" and {names.Length - GreatestNamed} more") : "";
        return string.Join(", ", names.Take(GreatestNamed).Select(name => $"`{name}`")) + more;
    }
}
