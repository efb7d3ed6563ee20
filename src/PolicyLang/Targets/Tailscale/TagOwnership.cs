using System.Collections.Immutable;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics;

namespace PolicyLang.Targets.Tailscale;

/// <summary>
/// The tags of a policy file and who may apply them. A tag that is used and not defined makes the control plane refuse the file, so every tag
/// that occurs is defined; without owners that are given it is the administrators' (an empty list).
/// </summary>
internal sealed class TagOwnership(AccessPath path, DiagnosticBag diagnostics)
{
    private readonly SortedDictionary<string, Entry> _tags = new(StringComparer.Ordinal);

    // The control plane may fold case somewhere; two tags that differ in nothing else are one to be safe.
    private readonly Dictionary<string, Entry> _folded = new(StringComparer.OrdinalIgnoreCase);

    private enum Use
    {
        Proxy,
        Machine,
        Recorder,
        Other,
    }

    /// <summary>Defines the tag of a proxy; it must stand for nothing else.</summary>
    internal void AddProxy(TailscaleEndpoint endpoint, Cluster cluster)
        => Add(endpoint.Tag, Use.Proxy, $"the API server proxy `{endpoint.Name}` of cluster `{cluster.Name}`", endpoint.TagLocation ?? cluster.Location, endpoint.TagOwners);

    /// <summary>Defines the tag of a recorder.</summary>
    internal void AddRecorder(SettingText recorder) => Add(recorder.Text, Use.Recorder, "a recorder", recorder.Location, []);

    /// <summary>Defines the tags that machines carry; no proxy or recorder may carry them.</summary>
    internal void AddMachine(string tag, NativePrincipal principal) => Add(tag, Use.Machine, $"machine `{principal.Origin.Name}`", principal.Location, []);

    /// <summary>Adds what the path says about tags, and the tags that are owners, and returns the owners by tag.</summary>
    /// <param name="definedGroups">The groups that the file defines.</param>
    /// <param name="baseTags">The tags that a base defines. A tag that the policy only speaks of is left to the base.</param>
    internal ImmutableSortedDictionary<string, ImmutableArray<string>> Close(IReadOnlySet<string> definedGroups, IReadOnlySet<string> baseTags)
    {
        foreach (var (tag, block) in path.Settings.GetBlocks("tags"))
        {
            var owners = block.GetList("owners");
            if (_folded.TryGetValue(tag.Text, out var entry) && !entry.Owners.IsEmpty)
            {
                diagnostics.Report(
                    TailscaleDiagnostics.RepeatedTagOwners,
                    tag.Location,
                    $"`{tag.Text}` has owners in path `{path.Name}` and at {entry.What}",
                    "give them in one place",
                    new RelatedLocation(entry.Owners[0].Location, "also given here"));
                continue;
            }

            Add(tag.Text, Use.Other, $"`tags` of path `{path.Name}`", tag.Location, owners);
        }

        foreach (var entry in _tags.Values.ToArray())
        {
            foreach (var owner in entry.Owners)
            {
                if (owner.Text.StartsWith("tag:", StringComparison.Ordinal))
                {
                    Add(owner.Text, Use.Other, "an owner", owner.Location, []);
                }
                else if (owner.Text.StartsWith("group:", StringComparison.Ordinal) && !owner.Text.Contains('@', StringComparison.Ordinal) && !definedGroups.Contains(owner.Text))
                {
                    diagnostics.Report(
                        TailscaleDiagnostics.InvalidTagOwner,
                        owner.Location,
                        $"`{owner.Text}` cannot own `{entry.Tag}`: no rule via `{path.Name}` brings a group of that name and with members into the policy file",
                        "name persons, a tag, or a group that your identity provider syncs: `group:name@domain`");
                }
            }
        }

        return _tags.Values
            .Where(entry => entry.Use == Use.Proxy || !entry.Owners.IsEmpty || !baseTags.Contains(entry.Tag))
            .ToImmutableSortedDictionary(entry => entry.Tag, entry => Spell(entry.Owners), StringComparer.Ordinal);
    }

    /// <summary>Where the policy brings in each tag.</summary>
    internal IEnumerable<(string Tag, SourceLocation Location)> Origins => _tags.Values.Select(entry => (entry.Tag, entry.Location));

    private static ImmutableArray<string> Spell(ImmutableArray<SettingText> owners)
        => [.. owners.Select(owner => owner.Text.Contains(':', StringComparison.Ordinal) ? owner.Text : TailscaleNames.Login(owner.Text) ?? owner.Text).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private void Add(string tag, Use use, string what, SourceLocation location, ImmutableArray<SettingText> owners)
    {
        if (!_folded.TryGetValue(tag, out var entry))
        {
            entry = new Entry(tag, use, what, location, owners);
            _folded.Add(tag, entry);
            _tags.Add(tag, entry);
            return;
        }

        // A proxy's tag stands for the proxy alone. Machines and recorders may be named many times, but not for each other.
        var isSame = use != Use.Proxy && (use == Use.Other || entry.Use == Use.Other || entry.Use == use);
        if (!isSame || !string.Equals(tag, entry.Tag, StringComparison.Ordinal))
        {
            diagnostics.Report(
                TailscaleDiagnostics.SharedTag,
                location,
                string.Equals(tag, entry.Tag, StringComparison.Ordinal)
                    ? $"`{tag}` stands for {what} and for {entry.What}, so what is allowed to one would be allowed to the other"
                    : $"`{tag}` for {what} and `{entry.Tag}` for {entry.What} differ in nothing but capital letters",
                "give each a tag of its own",
                new RelatedLocation(entry.Location, "first given here"));
            return;
        }

        if (entry.Owners.IsEmpty && !owners.IsEmpty)
        {
            entry.Owners = owners;
        }

        if (entry.Use == Use.Other)
        {
            (entry.Use, entry.What, entry.Location) = (use, what, location);
        }
    }

    private sealed class Entry(string tag, Use use, string what, SourceLocation location, ImmutableArray<SettingText> owners)
    {
        public string Tag { get; } = tag;

        public Use Use { get; set; } = use;

        public string What { get; set; } = what;

        public SourceLocation Location { get; set; } = location;

        public ImmutableArray<SettingText> Owners { get; set; } = owners;
    }
}
