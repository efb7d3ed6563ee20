using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics;

namespace PolicyLang.Tests.Support;

/// <summary>Builds access models by hand, for tests of one target alone.</summary>
internal static class TestModels
{
    public static SourceLocation Here(string text = "allow sre as admin on prod cluster-wide")
        => new(new SourceText("test.policy", text), new TextSpan(0, text.Length));

    public static AllowRule Rule(string text = "allow sre as admin on prod cluster-wide") => new(Here(text), null, null);

    public static SettingBlock Block(SettingSchema schema, params (string Key, object Value)[] entries)
    {
        var diagnostics = new DiagnosticBag();
        var block = SettingReader.Read(Map(entries), schema, "test block", diagnostics);
        return diagnostics.HasErrors
            ? throw new InvalidOperationException(string.Join("; ", diagnostics.ToSortedArray().Select(d => d.Message)))
            : block;
    }

    /// <summary>Values are texts, numbers, flags, arrays of texts, arrays of entries (a block) or arrays of such arrays (a list of blocks).</summary>
    public static DataMap Map(params (string Key, object Value)[] entries)
        => new([.. entries.Select(e => new DataEntry(e.Key, Here(e.Key), Node(e.Value)))], Here());

    public static AccessPath Path(PathKind kind, string? name = null, string? people = null, params (string Key, object Value)[] settings)
        => new(name ?? kind.Name, kind, people ?? kind.DefaultPeople, Block(kind.PathSettings, settings), Here());

    public static Cluster Cluster(string name, params (string Path, SettingBlock Block)[] paths)
        => new(name, Here($"cluster {name} {{}}"))
        {
            KubernetesMinorVersion = 33,
            Paths = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, paths.Select(p => KeyValuePair.Create(p.Path, p.Block))),
        };

    public static Subject Group(string name, params (string Provider, string Value)[] identities) => Subject(SubjectKind.Group, name, identities);

    public static Subject User(string name, params (string Provider, string Value)[] identities) => Subject(SubjectKind.User, name, identities);

    public static Subject Machine(string name, params (string Provider, string Value)[] identities) => Subject(SubjectKind.Machine, name, identities);

    public static NativePrincipal Principal(PrincipalKind kind, string provider, string value, Subject origin) => new(kind, provider, value, origin, Here(value));

    public static IdentityLink Identity(Cluster cluster, AccessPath path, Subject subject, string[] kubernetesGroups, Condition? condition = null, params NativePrincipal[] principals)
        => new(cluster, path, subject, condition ?? Condition.Always, [.. principals], [.. kubernetesGroups], [Rule()]);

    public static GateLink Gate(Cluster cluster, AccessPath path, Subject subject, Condition? condition = null, params NativePrincipal[] principals)
        => new(cluster, path, subject, condition ?? Condition.Always, [.. principals], [Rule()]);

    public static AccessModel Model(IEnumerable<AccessPath> paths, IEnumerable<ClusterAccess> clusters, params (Subject, Subject)[] disjoint)
        => new([.. clusters.OrderBy(c => c.Cluster.Name, StringComparer.Ordinal)], [.. paths.OrderBy(p => p.Name, StringComparer.Ordinal)], [], new SubjectOverlaps(disjoint), [], ImmutableDictionary<(string Role, int MinorVersion), ResolvedRole>.Empty);

    public static ClusterAccess Access(Cluster cluster, IEnumerable<IdentityLink>? identities = null, IEnumerable<GateLink>? gates = null, IEnumerable<RightLink>? rights = null)
        => new(cluster, [], [.. identities ?? []], [.. gates ?? []], [.. rights ?? []]);

    private static Subject Subject(SubjectKind kind, string name, (string Provider, string Value)[] identities)
        => new(kind, name, Here(name))
        {
            Identities = identities.GroupBy(i => i.Provider, StringComparer.Ordinal)
                .ToImmutableDictionary(g => g.Key, g => g.Select(i => new SettingText(i.Value, Here(i.Value))).ToImmutableArray(), StringComparer.Ordinal),
        };

    private static DataNode Node(object value) => value switch
    {
        string text => new DataScalar(text, true, Here(text)),
        bool flag => new DataScalar(flag ? "true" : "false", false, Here()),
        int number => new DataScalar(number.ToString(System.Globalization.CultureInfo.InvariantCulture), false, Here()),
        string[] texts => new DataList([.. texts.Select(Node)], Here()),
        (string, object)[] block => Map(block),
        (string, object)[][] blocks => new DataList([.. blocks.Select(b => (DataNode)Map(b))], Here()),
        _ => throw new ArgumentException(value.GetType().Name, nameof(value)),
    };
}
