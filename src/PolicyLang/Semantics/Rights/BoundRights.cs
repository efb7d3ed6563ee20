using System.Collections.Immutable;
using System.Globalization;
using PolicyLang.Diagnostics;
using PolicyLang.Syntax;

namespace PolicyLang.Semantics.Rights;

/// <summary>A phrase of rights whose words are known, before a cluster's version is. Safe for concurrent use.</summary>
public sealed class BoundRights
{
    private readonly ResourceTable _table;
    private readonly ImmutableArray<WordSyntax> _verbs;
    private readonly ImmutableArray<(WordSyntax Word, ResourcePattern Pattern)> _resources;
    private readonly ImmutableArray<string> _urls;
    private readonly ImmutableArray<string> _names;
    private readonly RightsPurpose _purpose;
    private readonly ExpandedRights?[] _expanded = new ExpandedRights?[ResourceTable.NewestMinorVersion - ResourceTable.OldestMinorVersion + 1];

    internal BoundRights(
        ResourceTable table,
        ImmutableArray<WordSyntax> verbs,
        ImmutableArray<(WordSyntax Word, ResourcePattern Pattern)> resources,
        ImmutableArray<string> urls,
        ImmutableArray<string> names,
        RightsPurpose purpose,
        ImmutableArray<Diagnostic> diagnostics)
    {
        _table = table;
        _verbs = verbs;
        _resources = resources;
        _urls = urls;
        _names = names;
        _purpose = purpose;
        Diagnostics = diagnostics;
    }

    /// <summary>What is wrong with the phrase in whatever version. With an error among them, <see cref="Expand(int)"/> gives nothing.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; }

    /// <summary>The rules that the phrase stands for in a Kubernetes version. Computed once for each version.</summary>
    /// <param name="minorVersion">The minor version, such as 33 for 1.33.</param>
    /// <exception cref="ArgumentOutOfRangeException">The version is not between <see cref="ResourceTable.OldestMinorVersion"/> and <see cref="ResourceTable.NewestMinorVersion"/>.</exception>
    public ExpandedRights Expand(int minorVersion)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(minorVersion, ResourceTable.OldestMinorVersion);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minorVersion, ResourceTable.NewestMinorVersion);

        // Two threads may both compute it; the results are equal.
        ref var slot = ref _expanded[minorVersion - ResourceTable.OldestMinorVersion];
        return Volatile.Read(ref slot) ?? (slot = Compute(minorVersion));
    }

    private ExpandedRights Compute(int minorVersion)
    {
        var diagnostics = new DiagnosticBag();
        var rules = new RbacRuleSet();
        foreach (var (word, pattern) in _resources)
        {
            AddRules(word, pattern, minorVersion, rules, diagnostics);
        }

        foreach (var verb in _verbs)
        {
            foreach (var url in _urls)
            {
                if (UrlWord.MethodOf(verb.Text) is { } method)
                {
                    rules.AddUrl(method, url);
                }
            }
        }

        var reported = diagnostics.ToSortedArray();
        return diagnostics.HasErrors ? new ExpandedRights([], [], reported) : rules.ToRights(reported);
    }

    private void AddRules(WordSyntax word, ResourcePattern pattern, int minorVersion, RbacRuleSet rules, DiagnosticBag diagnostics)
    {
        var all = pattern.In(_table).ToArray();
        var present = Array.FindAll(all, r => r.IsIn(minorVersion));
        if (present.Length == 0)
        {
            diagnostics.Report(RightsDiagnostics.ResourceNotInVersion, word.Location, $"Kubernetes {Version(minorVersion)} has no `{word.Text}`", WhenPresent(all, word.Text));
            return;
        }

        var scope = present.Aggregate(RightsScope.None, static (s, r) => s | (r.IsNamespaced ? RightsScope.Namespaced : RightsScope.Cluster));
        foreach (var verb in _verbs)
        {
            if (verb.Text == "*")
            {
                Add(rules, "*", pattern, scope, minorVersion);
            }
            else if (VerbClass.NeedsPods(verb.Text))
            {
                foreach (var (kubernetesVerb, resource) in VerbClass.RightsOnPods(verb.Text, _purpose, minorVersion))
                {
                    rules.Add(kubernetesVerb, "", resource, _names, RightsScope.Namespaced);
                }
            }
            else
            {
                AddVerbs(word, verb, pattern, (all, present), scope, minorVersion, rules, diagnostics);
            }
        }
    }

    private void AddVerbs(
        WordSyntax word,
        WordSyntax verb,
        ResourcePattern pattern,
        (ApiResource[] All, ApiResource[] Present) resources,
        RightsScope scope,
        int minorVersion,
        RbacRuleSet rules,
        DiagnosticBag diagnostics)
    {
        var taken = RightsResolver.Meaning(verb.Text).Where(v => Array.Exists(resources.Present, r => r.Takes(v, minorVersion))).ToArray();
        if (taken.Length == 0)
        {
            ReportVerb(word, verb, resources.All, minorVersion, diagnostics);
            return;
        }

        var kept = _names.IsEmpty ? taken : Array.FindAll(taken, v => !ObjectNames.IsLeftOut(v, pattern, _purpose));
        if (kept.Length == 0)
        {
            diagnostics.Report(
                RightsDiagnostics.VerbWithoutName,
                verb.Location,
                $"`{verb.Text}` on `{word.Text}` is `{string.Join("` and `", taken)}`, which cannot be limited by name",
                "leave `named` away");
        }

        foreach (var kubernetesVerb in kept)
        {
            Add(rules, kubernetesVerb, pattern, scope, minorVersion);
        }
    }

    private void Add(RbacRuleSet rules, string verb, ResourcePattern pattern, RightsScope scope, int minorVersion)
    {
        rules.Add(verb, pattern.ApiGroup, pattern.RbacName, _names, scope);
        if (_purpose == RightsPurpose.Guard && SameObjects.OtherGroupOf(pattern) is { } group && _table.Find(group, pattern.Resource, pattern.Subresource)?.IsIn(minorVersion) == true)
        {
            rules.Add(verb, group, pattern.RbacName, _names, scope);
        }
    }

    private static void ReportVerb(WordSyntax word, WordSyntax verb, ApiResource[] resources, int minorVersion, DiagnosticBag diagnostics)
    {
        var since = RightsResolver.Meaning(verb.Text).SelectMany(v => resources.Select(r => r.SinceOf(v))).Min();
        diagnostics.Report(
            RightsDiagnostics.VerbNotInVersion,
            verb.Location,
            $"in Kubernetes {Version(minorVersion)} `{verb.Text}` means nothing on `{word.Text}`",
            since is { } first && first > minorVersion ? $"it takes the verb since {Version(first)}: limit the rule to clusters of that version" : "leave the verb away, or limit the rule to other clusters");
    }

    private static string WhenPresent(ApiResource[] resources, string word)
    {
        var first = resources.Min(r => r.Since);
        var last = resources.Max(r => r.Until);
        var time = (first > ResourceTable.OldestMinorVersion, last < ResourceTable.NewestMinorVersion) switch
        {
            (true, true) when first == last => $"exists in {Version(first)} only",
            (true, true) => $"exists from {Version(first)} to {Version(last)}",
            (false, true) => $"exists up to {Version(last)}",
            _ => $"exists since {Version(first)}",
        };
        return $"`{word}` {time}: limit the sentence to clusters of such a version";
    }

    private static string Version(int minorVersion) => string.Create(CultureInfo.InvariantCulture, $"1.{minorVersion}");
}
