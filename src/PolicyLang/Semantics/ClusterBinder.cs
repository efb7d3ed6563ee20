using System.Collections.Immutable;
using System.Globalization;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Projects;
using PolicyLang.Semantics.Rights;
using PolicyLang.Syntax;

namespace PolicyLang.Semantics;

/// <summary>Binds clusters: from blocks and inventories, with what <c>cluster *</c> says of all of them.</summary>
internal sealed class ClusterBinder(BindingContext context, IReadOnlyDictionary<string, AccessPath> paths)
{
    private const string DefaultsName = "*";
    private static readonly ImmutableArray<string> ReservedPrefixes = ["policyc:", "system:"];

    private readonly Dictionary<string, RawCluster> _raw = new(StringComparer.Ordinal);
    private readonly HashSet<string> _blocks = ["authentication", .. paths.Keys];
    private readonly HashSet<string> _usedFields = new(StringComparer.Ordinal);
    private ClusterSyntax? _defaults;

    public void Declare(ClusterSyntax statement)
    {
        if (statement.Name.Text == DefaultsName)
        {
            if (_defaults is not null)
            {
                context.Report(SemanticDiagnostics.RepeatedStatement, statement.Name.Location, "`cluster *` stands twice", "keep one of the two", new RelatedLocation(_defaults.Name.Location, "first here"));
                return;
            }

            _defaults = statement;
            return;
        }

        Add(new SettingText(statement.Name.Text, statement.Name.Location), statement.Body, isRow: false);
    }

    public void Declare(InventoryRow row) => Add(row.Name, row.Body, isRow: true);

    /// <summary>The clusters by name.</summary>
    public ImmutableSortedDictionary<string, Cluster> BindAll(ImmutableArray<NamespaceRow>? namespaceRows)
    {
        var schema = ClusterSchema.For(paths.Values);
        var namespaces = NamespacesByCluster(namespaceRows);
        var clusters = ImmutableSortedDictionary.CreateBuilder<string, Cluster>(StringComparer.Ordinal);
        foreach (var raw in _raw.Values.OrderBy(r => r.Name.Text, StringComparer.Ordinal))
        {
            context.Cancellation.ThrowIfCancellationRequested();
            clusters.Add(raw.Name.Text, Bind(raw, schema, namespaces));
        }

        ReportMisspeltFields(schema);
        foreach (var path in paths.Values.OrderBy(p => p.Name, StringComparer.Ordinal))
        {
            new SharedValueCheck(context, path).Check(clusters.Values);
        }

        return clusters.ToImmutable();
    }

    private void Add(SettingText name, DataMap body, bool isRow)
    {
        if (!context.CheckName(new WordSyntax(name.Text, false, name.Location))
            || context.ReportIfDuplicate(name.Text, name.Location, _raw.GetValueOrDefault(name.Text)?.Name.Location, "cluster"))
        {
            return;
        }

        _raw.Add(name.Text, new RawCluster(name, body, isRow));
    }

    private Cluster Bind(RawCluster raw, SettingSchema schema, Dictionary<string, ImmutableSortedDictionary<string, ClusterNamespace>>? namespaces)
    {
        var name = raw.Name.Text;
        var (body, fields) = raw.IsRow ? SplitFields(raw.Body, schema) : (raw.Body, []);
        foreach (var field in fields)
        {
            raw.Fields[field.Key] = field;
        }

        if (_defaults is not null)
        {
            body = ClusterDefaults.Merge(_defaults.Body, body, text => Fill(text, raw, body));
        }

        body = ClusterDefaults.WithoutOptedOut(body, _blocks);
        var block = SettingReader.Read(body, schema, $"cluster `{name}`", context.Diagnostics);
        var cluster = new Cluster(name, raw.Name.Location)
        {
            IsRetired = block.GetFlag("retired", false),
            Labels = block.GetTextMap("labels").ToImmutableSortedDictionary(l => l.Key.Text, l => l.Value.Text, StringComparer.Ordinal),
            KubernetesMinorVersion = VersionOf(block),
            Authenticators = AuthenticatorsOf(block),
            Paths = paths.Values.Select(p => (p.Name, Block: block.FindBlock(p.Name))).Where(p => p.Block is not null)
                .ToImmutableSortedDictionary(p => p.Name, p => p.Block ?? SettingBlock.Empty, StringComparer.Ordinal),
            Namespaces = namespaces?.GetValueOrDefault(name, ImmutableSortedDictionary.Create<string, ClusterNamespace>(StringComparer.Ordinal)),
        };
        foreach (var (pathName, pathBlock) in cluster.Paths)
        {
            paths[pathName].Kind.CheckCluster(paths[pathName], cluster, pathBlock, context.Diagnostics);
        }

        return cluster;
    }

    // A row of an inventory may carry more than policyc knows; single values become fields for placeholders, blocks must be known.
    private static (DataMap Body, ImmutableArray<DataEntry> Fields) SplitFields(DataMap body, SettingSchema schema)
    {
        var fields = body.Entries.Where(e => e.Value is DataScalar && schema.Find(e.Key) is null).ToImmutableArray();
        return fields.IsEmpty ? (body, fields) : (body with { Entries = [.. body.Entries.Where(e => !fields.Contains(e))] }, fields);
    }

    private string Fill(SettingText template, RawCluster raw, DataMap body)
    {
        var text = template.Text;
        var filled = new System.Text.StringBuilder();
        var position = 0;
        while (position < text.Length)
        {
            var open = text.IndexOf('{', position);
            var close = open < 0 ? -1 : text.IndexOf('}', open);
            if (close < 0)
            {
                break;
            }

            filled.Append(text, position, open - position);
            var field = text[(open + 1)..close];
            if (FieldOf(field, raw, body) is { } value)
            {
                filled.Append(value);
            }
            else
            {
                context.Report(
                    SemanticDiagnostics.UnknownPlaceholder,
                    template.Location,
                    $"cluster `{raw.Name.Text}` has no `{field}` to fill `{{{field}}}` with",
                    "a placeholder is `{name}`, a label or a field of the inventory row",
                    new RelatedLocation(raw.Name.Location, "the cluster is declared here"));
            }

            position = close + 1;
        }

        return filled.Append(text, position, text.Length - position).ToString();
    }

    private string? FieldOf(string field, RawCluster raw, DataMap body)
    {
        _usedFields.Add(field);
        return field == "name" ? raw.Name.Text
            : raw.Fields.TryGetValue(field, out var entry) && entry.Value is DataScalar scalar ? scalar.Text
            : body.Find("labels")?.Value is DataMap labels && labels.Find(field)?.Value is DataScalar label ? label.Text
            : null;
    }

    private void ReportMisspeltFields(SettingSchema schema)
    {
        foreach (var field in _raw.Values.SelectMany(r => r.Fields.Values).Where(f => !_usedFields.Contains(f.Key)))
        {
            if (Suggestions.Nearest(field.Key, schema.Settings.Select(s => s.Name)) is { } meant)
            {
                context.Report(SemanticDiagnostics.MisspeltField, field.KeyLocation, $"the row has a field `{field.Key}` that no placeholder uses", $"did you mean the setting `{meant}`?");
            }
        }
    }

    private int VersionOf(SettingBlock block)
    {
        if (block.FindBlock("kubernetes")?.FindText("version") is not { } text)
        {
            return context.Settings.KubernetesMinorVersion;
        }

        var isVersion = text.Text.StartsWith("1.", StringComparison.Ordinal)
            && int.TryParse(text.Text.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var minor)
            && minor >= ResourceTable.OldestMinorVersion
            && minor <= ResourceTable.NewestMinorVersion;
        if (!isVersion)
        {
            context.Report(
                SemanticDiagnostics.UnknownKubernetesVersion,
                text.Location,
                $"the Kubernetes version `{text.Text}` is not known",
                $"write a minor version from `1.{ResourceTable.OldestMinorVersion}` to `1.{ResourceTable.NewestMinorVersion}`");
            return context.Settings.KubernetesMinorVersion;
        }

        return int.Parse(text.Text.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture);
    }

    private ImmutableArray<Authenticator> AuthenticatorsOf(SettingBlock block)
    {
        if (block.FindBlock("authentication") is not { } authentication)
        {
            return [];
        }

        var authenticators = ImmutableArray.CreateBuilder<Authenticator>();
        foreach (var kind in (ReadOnlySpan<string>)["oidc", "certificate"])
        {
            if (authentication.FindBlock(kind) is not { } settings || settings.FindText("people") is not { } people || settings.Location is not { } location)
            {
                continue;
            }

            if (!context.Settings.IdentityProviders.ContainsKey(people.Text))
            {
                context.ReportUnknown(new WordSyntax(people.Text, false, people.Location), "identity provider", context.Settings.IdentityProviders.Keys, "declare it under `identity_providers` in policyc.yaml");
                continue;
            }

            var groupsPrefix = settings.FindText("groups_prefix");
            var usersPrefix = settings.FindText("users_prefix");
            if (kind == "oidc" && (IsUnsafe(groupsPrefix) | IsNoPrefix(usersPrefix) | IsUnsafe(usersPrefix)))
            {
                continue;
            }

            authenticators.Add(new Authenticator(kind, people.Text, groupsPrefix?.Text ?? "", kind == "certificate" ? "" : usersPrefix?.Text, location));
        }

        return authenticators.ToImmutable();
    }

    // Kubernetes authentication reference, --oidc-username-prefix: `-` turns prefixing off, so that names are bare.
    private bool IsNoPrefix(SettingText? usersPrefix)
    {
        if (usersPrefix?.Text != "-")
        {
            return false;
        }

        context.Report(SemanticDiagnostics.UnsafePrefix, usersPrefix.Location, "the prefix `-` tells the API server to put nothing before people, so the provider can assert any name", "use a prefix of its own such as `oidc:`, here and in the API server's flags");
        return true;
    }

    private bool IsUnsafe(SettingText? prefix)
    {
        if (prefix is null)
        {
            return false;
        }

        var collides = ReservedPrefixes.FirstOrDefault(reserved =>
            reserved.StartsWith(prefix.Text, StringComparison.Ordinal) || prefix.Text.StartsWith(reserved, StringComparison.Ordinal));
        if (collides is null)
        {
            return false;
        }

        context.Report(
            SemanticDiagnostics.UnsafePrefix,
            prefix.Location,
            prefix.Text.Length == 0 ? $"an empty prefix lets the provider assert any name, `{collides}` ones too" : $"the prefix `{prefix.Text}` lets the provider assert names that start with `{collides}`",
            "use a prefix of its own such as `oidc:`, here and in the API server's flags");
        return true;
    }

    private Dictionary<string, ImmutableSortedDictionary<string, ClusterNamespace>>? NamespacesByCluster(ImmutableArray<NamespaceRow>? rows)
    {
        if (rows is null)
        {
            return null;
        }

        var byCluster = _raw.Keys.ToDictionary(name => name, _ => ImmutableSortedDictionary.CreateBuilder<string, ClusterNamespace>(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var row in rows.Value)
        {
            var declared = new ClusterNamespace(row.Name.Text, row.Labels.ToImmutableSortedDictionary(l => l.Key.Text, l => l.Value.Text, StringComparer.Ordinal), row.Name.Location);
            foreach (var clusterName in ClustersOf(row))
            {
                if (!byCluster[clusterName].TryAdd(row.Name.Text, declared))
                {
                    context.Report(
                        SemanticDiagnostics.DuplicateName,
                        row.Name.Location,
                        $"namespace `{row.Name.Text}` is declared twice on cluster `{clusterName}`",
                        "keep one of the two",
                        new RelatedLocation(byCluster[clusterName][row.Name.Text].Location, "first declared here"));
                    break;
                }
            }
        }

        return byCluster.ToDictionary(c => c.Key, c => c.Value.ToImmutable(), StringComparer.Ordinal);
    }

    private IEnumerable<string> ClustersOf(NamespaceRow row)
    {
        if (row.Clusters is not { } names)
        {
            return _raw.Keys;
        }

        foreach (var name in names.Where(n => !_raw.ContainsKey(n.Text)))
        {
            context.ReportUnknown(new WordSyntax(name.Text, false, name.Location), "cluster", _raw.Keys);
        }

        return names.Select(n => n.Text).Where(_raw.ContainsKey);
    }

    private sealed class RawCluster(SettingText name, DataMap body, bool isRow)
    {
        public SettingText Name { get; } = name;

        public DataMap Body { get; } = body;

        public bool IsRow { get; } = isRow;

        public SortedDictionary<string, DataEntry> Fields { get; } = new(StringComparer.Ordinal);
    }
}
