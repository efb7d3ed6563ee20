using System.Collections.Immutable;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Linting.Artefacts.Terraform;
using PolicyLang.Reading;
using PolicyLang.Targets.Tailscale.Reading;

namespace PolicyLang.Linting.Artefacts.Tailscale;

/// <summary>The capability of the Kubernetes operator in a grant.</summary>
/// <param name="Rule">The grant.</param>
/// <param name="Name">Where the capability's name stands.</param>
/// <param name="Nodes">Its values as they are written.</param>
/// <param name="Values">What the proxy makes of them.</param>
internal sealed record KubernetesRule(AccessRule Rule, SourceLocation Name, ImmutableArray<PolicyNode> Nodes, ImmutableArray<KubernetesCapability> Values)
{
    /// <summary>The groups that it gives, without repetitions.</summary>
    public IEnumerable<string> Groups => Values.SelectMany(value => value.Groups).Distinct(StringComparer.Ordinal);
}

/// <summary>A tailnet policy file, as the control plane and the API server proxy read it, with places for findings.</summary>
internal sealed class LintedTailnet
{
    // What is compared pair by pair stays below this.
    private const long MostComparisons = 4_000_000;
    private const long MostMembersCompared = 20_000_000;

    private readonly Dictionary<int, int> _lengths = [];
    private readonly Dictionary<int, DataMap> _maps = [];
    private readonly int[]? _positions;
    private readonly Selectors _selectors;
    private readonly Dictionary<string, HashSet<string>?> _members = new(StringComparer.Ordinal);
    private readonly long _greatestGroup;
    private readonly Lock _gate = new();

    private LintedTailnet(SourceText source, DataMap root, TailnetFile file, int length)
    {
        Source = source;
        Root = root;
        File = file;
        _positions = length == source.Text.Length ? null : PositionsOf(source.Text, length);
        Note(root);
        _selectors = new Selectors(file);
        TailnetChecks.Check(file, _selectors, null);
        KubernetesRules = [.. file.Rules.SelectMany(ReadKubernetes)];
        Refusals = [.. RefusalsOf(file, source.Text).Select(refusal => (refusal.Message, AtCharacter(refusal.Position)))];
        HasOwnNames = UsedNames().All(IsDefined);
        HasSections = FindSections();
        var comparisons = EndsOf(file.Rules) * EndsOf(KubernetesRules.Select(rule => rule.Rule));
        IsComparable = !file.IsUnclear && comparisons <= MostComparisons;
        _greatestGroup = MostMembersCompared / Math.Max(1, comparisons);
    }

    /// <summary>The text.</summary>
    public SourceText Source { get; }

    /// <summary>The file as data.</summary>
    public DataMap Root { get; }

    /// <summary>The file as rules and names. Its offsets become places by <see cref="At"/>.</summary>
    public TailnetFile File { get; }

    /// <summary>The grants that speak of the Kubernetes API, in file order.</summary>
    public ImmutableArray<KubernetesRule> KubernetesRules { get; }

    /// <summary>Why the control plane refuses it, in its own words.</summary>
    public ImmutableArray<(string Message, SourceLocation Location)> Refusals { get; }

    /// <summary>Whether parts of the text are put in by some other tool, so that names in it may become others.</summary>
    public bool IsTemplate { get; private set; }

    /// <summary>Whether it defines every tag and group that it uses.</summary>
    public bool HasOwnNames { get; }

    /// <summary>Whether it is a policy by itself: with rules and with the sections that they name things of, and no part of it elsewhere in the run.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>Whether every rule can be compared with every grant of Kubernetes access.</summary>
    public bool IsComparable { get; }

    /// <summary>Whether the run holds another policy file in the same folder, above or below.</summary>
    public bool HasNeighbours { get; private set; }

    /// <summary>Finds the tailnet policy files of a run.</summary>
    public static ImmutableArray<LintedTailnet> ReadAll(ImmutableArray<ArtefactFile> files, TerraformResources terraform)
    {
        ImmutableArray<LintedTailnet> tailnets = [.. files.Select(Read).Concat(terraform.Of("tailscale_acl").Select(Read)).OfType<LintedTailnet>()];
        var folders = tailnets.ToLookup(tailnet => FolderOf(tailnet.Source.Path), StringComparer.Ordinal);
        var above = folders.SelectMany(folder => FoldersAbove(folder.Key)).ToHashSet(StringComparer.Ordinal);
        var withParts = tailnets.Where(tailnet => !tailnet.HasSections).SelectMany(part => FoldersAbove(FolderOf(part.Source.Path)).Append(FolderOf(part.Source.Path))).ToHashSet(StringComparer.Ordinal);
        foreach (var tailnet in tailnets)
        {
            var folder = FolderOf(tailnet.Source.Path);
            tailnet.HasNeighbours = folders[folder].Skip(1).Any() || above.Contains(folder) || FoldersAbove(folder).Any(folders.Contains);
            tailnet.IsWhole = tailnet.HasSections && !tailnet.IsTemplate && !withParts.Contains(folder);
        }

        return tailnets;
    }

    /// <summary>What a word selects.</summary>
    public Selector SelectorOf(string word)
    {
        // Words are looked up when they are first met, and rules run side by side.
        lock (_gate)
        {
            return _selectors[word];
        }
    }

    /// <summary>The value or key that begins at an offset of <see cref="File"/>.</summary>
    public SourceLocation At(int offset) => AtCharacter(CharacterAt(offset));

    /// <summary>The entry of an object that begins at an offset of <see cref="File"/>, by its key in any case.</summary>
    public DataEntry? EntryOf(int offset, string key)
        => _maps.TryGetValue(CharacterAt(offset), out var map) ? map.Entries.FirstOrDefault(entry => string.Equals(entry.Key, key, StringComparison.OrdinalIgnoreCase)) : null;

    /// <summary>Whether a device or a person may be meant by both of two sources.</summary>
    public bool MayOverlap(string one, string other)
    {
        if (string.Equals(one, other, StringComparison.Ordinal))
        {
            return true;
        }

        var (a, b) = (SelectorOf(one), SelectorOf(other));
        return (IsPeople(a) && IsPeople(b)) ? MembersOf(a) is not { } these || MembersOf(b) is not { } those || these.Overlaps(those)
            : !((IsPeople(a) && IsMachine(b)) || (IsMachine(a) && IsPeople(b)));
    }

    /// <summary>Whether packets of a rule may reach the TCP port 443 of a device with a tag.</summary>
    public bool MayOpen(AccessRule rule, string tag)
        => rule.IsUnclear || rule.Destinations.Any(dst => rule.Opens(dst, ProtocolPorts.Tcp, 443) && MayInclude(dst.Selector, tag));

    /// <summary>Whether a destination may include a device with a tag. A service may lead to it.</summary>
    public bool MayInclude(string destination, string tag)
    {
        var selector = SelectorOf(destination);
        return selector.Kind switch
        {
            SelectorKind.Tag => string.Equals(destination, tag, StringComparison.Ordinal),
            SelectorKind.Address => selector.Range!.Value.MayBeDevice(),
            SelectorKind.IpSet => !selector.IsOutsideTailnet,
            SelectorKind.Any or SelectorKind.Tagged or SelectorKind.Service or SelectorKind.Unknown => true,
            _ => false,
        };
    }

    private static bool IsPeople(Selector selector) => selector.Kind is SelectorKind.User or SelectorKind.UserDomain or SelectorKind.Group or SelectorKind.Member or SelectorKind.Role or SelectorKind.Shared;

    private static bool IsMachine(Selector selector) => selector.Kind is SelectorKind.Tag or SelectorKind.Tagged;

    // Absent where the file does not know them all, or where there are too many to compare.
    private HashSet<string>? MembersOf(Selector selector)
    {
        lock (_gate)
        {
            if (!_members.TryGetValue(selector.Text, out var members))
            {
                _members.Add(selector.Text, members = ReadMembers(selector));
            }

            return members;
        }
    }

    private HashSet<string>? ReadMembers(Selector selector)
    {
        if (selector.Kind == SelectorKind.User)
        {
            return new HashSet<string>(StringComparer.OrdinalIgnoreCase) { selector.Text };
        }

        return selector.Kind == SelectorKind.Group && !selector.Text.Contains('@', StringComparison.Ordinal)
            && File.Groups.TryGetValue(selector.Text, out var group) && !group.IsUnclear && group.Items.Length <= _greatestGroup
            && group.Items.All(item => _selectors[item.Text].Kind == SelectorKind.User)
            ? group.Items.Select(item => item.Text).ToHashSet(StringComparer.OrdinalIgnoreCase)
            : null;
    }

    private static long EndsOf(IEnumerable<AccessRule> rules) => rules.Sum(rule => (long)rule.Sources.Length + rule.Destinations.Length);

    private bool HasSections { get; }

    // A file that names tags and has no owners of tags is made for a tool that puts several together.
    private bool FindSections() => File.HasRules && (File.TagOwners.Count > 0 || !UsedNames().Any(name => name.StartsWith(Selector.TagPrefix, StringComparison.Ordinal)))
        && (File.Groups.Count > 0 || !UsedNames().Any(name => name.StartsWith(Selector.GroupPrefix, StringComparison.Ordinal) && !IsDefined(name)));

    private bool IsDefined(string name) => SelectorOf(name) is not { Kind: SelectorKind.Tag or SelectorKind.Group, IsDefined: false };

    private IEnumerable<string> UsedNames()
        => File.Rules.SelectMany(rule => rule.Sources.Select(src => src.Text).Concat(rule.Destinations.Select(dst => dst.Selector)))
            .Concat(File.Ssh.SelectMany(rule => rule.Sources.Concat(rule.Destinations)).Select(end => end.Text))
            .Concat(File.NodeAttributes.SelectMany(entry => entry.Targets).Select(target => target.Text));

    private static LintedTailnet? Read(ArtefactFile file)
    {
        if (TerraformResources.IsTerraform(file.Source.Path) || file.Documents is not [DataMap root] || !TailnetShape.IsPolicyFile(root))
        {
            return null;
        }

        var bytes = System.Text.Encoding.UTF8.GetBytes(file.Source.Text);
        return new LintedTailnet(file.Source, root, TailnetFileReader.Read(new Artefact(file.Source.Path, bytes)), bytes.Length);
    }

    // What Terraform works out may be anything, so that only policies that are written out are looked at.
    private static LintedTailnet? Read(TerraformResource resource)
    {
        var acl = resource.Body.Get("acl");
        if (acl is DataScalar && TerraformTextReader.Read(acl, _ => 0) is { } text)
        {
            acl = ForeignJson.ReadWithin(text);
        }

        if (acl is not DataMap root || !TailnetShape.IsPolicyFile(root) || EncodedPolicy.ToPolicy(root) is not { } policy)
        {
            return null;
        }

        var source = root.Location.Source;
        return new LintedTailnet(source, root, TailnetFileReader.Read(EncodedPolicy.Blank(source), policy), source.Text.Length);
    }

    private IEnumerable<KubernetesRule> ReadKubernetes(AccessRule rule)
        => from capability in rule.Capabilities
           where string.Equals(capability.Name, KubernetesCapability.Name, StringComparison.Ordinal)
           select new KubernetesRule(rule, At(capability.Offset), [.. capability.Values], [.. capability.Values.Select(KubernetesCapability.Read)]);

    private int CharacterAt(int offset) => _positions is null ? Math.Clamp(offset, 0, Source.Text.Length) : _positions[Math.Clamp(offset, 0, _positions.Length - 1)];

    private SourceLocation AtCharacter(int start)
        => new(Source, new TextSpan(start, _lengths.TryGetValue(start, out var length) ? length : Math.Min(1, Source.Text.Length - start)));

    private void Note(DataNode node)
    {
        // Of an object or a list only its bracket is shown: what is wrong is somewhere in it.
        _lengths[node.Location.Span.Start] = node is DataScalar ? node.Location.Span.Length : 1;
        IsTemplate |= node is DataScalar { IsQuoted: true } text && IsFilledIn(text.Text);
        if (node is DataMap own)
        {
            _maps[own.Location.Span.Start] = own;
        }

        foreach (var entry in node is DataMap map ? map.Entries : [])
        {
            _lengths[entry.KeyLocation.Span.Start] = entry.KeyLocation.Span.Length;
            IsTemplate |= IsFilledIn(entry.Key);
            Note(entry.Value);
        }

        foreach (var item in node is DataList list ? list.Items : [])
        {
            Note(item);
        }
    }

    private static bool IsFilledIn(string text) => text.Contains("${", StringComparison.Ordinal) || text.Contains("{{", StringComparison.Ordinal);

    // The reader of policy files breaks lines at line feeds alone.
    private static IEnumerable<(string Message, int Position)> RefusalsOf(TailnetFile file, string text)
    {
        var lines = new List<int> { 0 };
        for (var i = text.IndexOf('\n', StringComparison.Ordinal); i >= 0; i = text.IndexOf('\n', i + 1))
        {
            lines.Add(i + 1);
        }

        return from problem in file.Problems
               where problem.Kind == ReadingProblemKind.Refused
               select (problem.Message, Math.Clamp(lines[Math.Clamp(problem.Place.Line - 1, 0, lines.Count - 1)] + Math.Max(problem.Place.Column, 1) - 1, 0, text.Length));
    }

    private static int[] PositionsOf(string text, int bytes)
    {
        var positions = new int[bytes + 1];
        var offset = 0;
        for (var i = 0; i < text.Length && offset < bytes;)
        {
            // Half of a pair is written as three bytes, like the character that stands for what is none.
            var isPair = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            var length = isPair ? 4 : text[i] < 0x80 ? 1 : text[i] < 0x800 ? 2 : 3;
            positions.AsSpan(offset, Math.Min(length, bytes - offset)).Fill(i);
            offset += length;
            i += isPair ? 2 : 1;
        }

        positions[bytes] = text.Length;
        return positions;
    }

    private static string FolderOf(string path) => path.LastIndexOf('/') is > 0 and var slash ? path[..slash] : "";

    private static IEnumerable<string> FoldersAbove(string folder)
    {
        while (folder.Length > 0)
        {
            yield return folder = FolderOf(folder);
        }
    }
}
