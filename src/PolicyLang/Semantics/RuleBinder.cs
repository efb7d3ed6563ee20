using System.Collections.Immutable;
using System.Globalization;
using PolicyLang.Access;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics.Rights;
using PolicyLang.Syntax;

namespace PolicyLang.Semantics;

/// <summary>Binds rules, guards, assumptions and tests. Everything is looked up, so that one mistake does not hide the next.</summary>
internal sealed class RuleBinder(
    BindingContext context,
    SubjectBinder subjects,
    SelectorBinder selectors,
    RoleBinder roles,
    IReadOnlyDictionary<string, AccessPath> paths,
    IReadOnlyDictionary<string, Posture> postures)
{
    /// <summary>Binds a rule; nothing when it has a mistake. A rule whose last day has passed is bound too: the caller leaves it out.</summary>
    public BoundAllow? Bind(AllowSyntax syntax)
    {
        var boundSubjects = All(syntax.Subjects, subjects.Resolve);
        var boundRoles = All(syntax.Roles, roles.Resolve);
        var places = PlacesOf(syntax.Clusters, (syntax.Scope as InNamespacesSyntax)?.Namespaces);
        var via = syntax.Via is { } viaWords ? All(viaWords, ResolvePath) : [];
        var condition = ConditionOf(syntax.When);
        var until = UntilOf(syntax.Until, out var hasBadDate);
        if (boundSubjects is not { } who || boundRoles is not { } what || places is not { } where || via is not { } how || condition is null || hasBadDate)
        {
            return null;
        }

        return new BoundAllow(
            who,
            what,
            where,
            syntax.Via is null ? null : how,
            condition,
            syntax.When is { } when ? Cover(when) : null,
            new AllowRule(syntax.Head, until, syntax.Because?.Text));
    }

    public Guard? Bind(NeverSyntax syntax)
        => BindGuard(false, syntax.Who.IsAnyone, syntax.Who.Subjects, syntax.Rights, syntax.Clusters, syntax.Namespaces, syntax.Via, syntax.Because, syntax.Location);

    public Guard? Bind(OnlySyntax syntax)
        => BindGuard(true, false, syntax.Subjects, syntax.Rights, syntax.Clusters, syntax.Namespaces, syntax.Via, syntax.Because, syntax.Location);

    public DisjointAssumption? Bind(AssumeDisjointSyntax syntax)
    {
        if (All(syntax.Subjects, subjects.Resolve) is not { } named)
        {
            return null;
        }

        if (named.Length < 2)
        {
            context.Report(SemanticDiagnostics.NothingToCompare, syntax.Location, "`assume disjoint` needs two subjects at least", "name the subjects that share no member: `assume disjoint a, b because \"…\"`");
            return null;
        }

        return new DisjointAssumption([.. named.Select(n => n.Value)], syntax.Because.Text, syntax.Location);
    }

    public PolicyTest Bind(TestSyntax syntax)
        => new(syntax.Name.Text, [.. syntax.Expectations.Select(Bind).OfType<Expectation>()], syntax.Name.Location);

    public AccessPath? ResolvePath(WordSyntax word)
    {
        if (paths.TryGetValue(word.Text, out var path))
        {
            return path;
        }

        context.ReportUnknown(word, "path", paths.Keys);
        return null;
    }

    private Expectation? Bind(ExpectSyntax syntax)
    {
        var who = All(syntax.Subjects, subjects.Resolve);
        var rights = syntax.Rights is null ? null : context.Bind(syntax.Rights, syntax.IsAllowed ? RightsPurpose.Role : RightsPurpose.Guard);
        var where = PlacesOf(syntax.Clusters, syntax.Namespaces);
        var via = syntax.Via is { } words ? All(words, ResolvePath) : [];
        var condition = ConditionOf(syntax.When);
        CheckExpansion(rights, where);
        return who is null || (syntax.Rights is not null && rights is null) || where is null || via is null || condition is null || IsEmpty(where.Value, syntax.Clusters)
            ? null
            : new Expectation([.. who.Value.Select(n => n.Value)], syntax.IsAllowed, rights, where.Value, syntax.Via is null ? null : [.. via.Value.Select(n => n.Value)], condition, syntax.Location);
    }

    private Guard? BindGuard(
        bool isOnly,
        bool isAnyone,
        ImmutableArray<WordSyntax> subjectWords,
        RightsSyntax? rightsSyntax,
        ClusterSelectorSyntax clusterSelector,
        NamespaceSelectorSyntax? namespaces,
        ImmutableArray<WordSyntax>? viaWords,
        WordSyntax? because,
        SourceLocation location)
    {
        var who = All(subjectWords, subjects.Resolve);
        var rights = rightsSyntax is null ? null : context.Bind(rightsSyntax, RightsPurpose.Guard);
        var where = PlacesOf(clusterSelector, namespaces);
        var via = viaWords is { } words ? All(words, ResolvePath) : [];
        CheckExpansion(rights, where);
        return who is null || (rightsSyntax is not null && rights is null) || where is null || via is null || IsEmpty(where.Value, clusterSelector)
            ? null
            : new Guard(isOnly, isAnyone, [.. who.Value.Select(n => n.Value)], rights, where.Value, viaWords is null ? null : [.. via.Value.Select(n => n.Value)], because?.Text, location);
    }

    private ImmutableArray<(Cluster, ImmutableArray<string>?)>? PlacesOf(ClusterSelectorSyntax clusterSelector, NamespaceSelectorSyntax? namespaces)
    {
        if (selectors.Resolve(clusterSelector) is not { } clusters)
        {
            return null;
        }

        var reported = new HashSet<(SourceLocation, string)>();
        var places = ImmutableArray.CreateBuilder<(Cluster, ImmutableArray<string>?)>(clusters.Length);
        var hasMistake = false;
        foreach (var cluster in clusters)
        {
            var selected = namespaces is null ? null : selectors.Resolve(namespaces, cluster, reported);
            hasMistake |= namespaces is not null && selected is null;
            places.Add((cluster, selected));
        }

        return hasMistake ? null : places.ToImmutable();
    }

    private bool IsEmpty(ImmutableArray<(Cluster, ImmutableArray<string>? Namespaces)> places, ClusterSelectorSyntax selector)
    {
        if (!places.All(p => p.Namespaces is { IsEmpty: true }))
        {
            return false;
        }

        if (context.LacksInventory)
        {
            return true;
        }

        context.Report(
            SemanticDiagnostics.EmptySelection,
            selector.Location,
            places.IsEmpty ? "this selects no cluster, so the statement would hold without saying anything" : "this selects no namespace on any cluster, so the statement would hold without saying anything",
            "correct the selector, or remove the statement");
        return true;
    }

    private void CheckExpansion(BoundRights? rights, ImmutableArray<(Cluster Cluster, ImmutableArray<string>?)>? places)
    {
        if (rights is null || places is not { } where)
        {
            return;
        }

        foreach (var minorVersion in where.Select(p => p.Cluster.KubernetesMinorVersion).Distinct().Order())
        {
            context.Diagnostics.AddRange(rights.Expand(minorVersion).Diagnostics);
        }
    }

    private Condition? ConditionOf(ImmutableArray<WordSyntax>? words)
    {
        if (words is not { } names)
        {
            return Condition.Always;
        }

        var bound = All(names, word =>
        {
            if (postures.TryGetValue(word.Text, out var posture))
            {
                return posture;
            }

            context.ReportUnknown(word, "posture", postures.Keys, $"declare it: `posture {word.Text} {{ … }}`");
            return null;
        });
        return bound is { } all ? Condition.AllOf(all.Select(n => n.Value)) : null;
    }

    private DateOnly? UntilOf(WordSyntax? word, out bool isInvalid)
    {
        isInvalid = false;
        if (word is null)
        {
            return null;
        }

        if (DateOnly.TryParseExact(word.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date;
        }

        isInvalid = true;
        context.Report(SemanticDiagnostics.InvalidDate, word.Location, $"`{word.Text}` is no day", "write the last day as year-month-day, such as `2026-12-31`; it holds through that day, UTC");
        return null;
    }

    private ImmutableArray<Named<T>>? All<T>(ImmutableArray<WordSyntax> words, Func<WordSyntax, T?> resolve)
        where T : class
    {
        var named = ImmutableArray.CreateBuilder<Named<T>>(words.Length);
        var hasMistake = false;
        foreach (var word in context.Distinct(words))
        {
            var value = resolve(word);
            hasMistake |= value is null;
            if (value is not null)
            {
                named.Add(new Named<T>(value, word.Location));
            }
        }

        return hasMistake ? null : named.ToImmutable();
    }

    private static SourceLocation Cover(ImmutableArray<WordSyntax> words)
        => words[0].Location with { Span = TextSpan.Between(words[0].Location.Span, words[^1].Location.Span) };
}
