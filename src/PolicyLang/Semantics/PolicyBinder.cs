using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Projects;
using PolicyLang.Syntax;

namespace PolicyLang.Semantics;

/// <summary>Resolves the names of all files of a policy: one name space, whatever the order of files and statements.</summary>
internal sealed class PolicyBinder
{
    private readonly BindingContext _context;
    private readonly ImmutableSortedDictionary<string, AccessPath> _paths;
    private readonly SubjectBinder _subjects;
    private readonly ClusterBinder _clusters;
    private readonly RoleBinder _roles;
    private readonly Dictionary<string, Posture> _postures = new(StringComparer.Ordinal);

    private PolicyBinder(BindingContext context)
    {
        _context = context;
        _paths = PathsOf(context);
        foreach (var path in _paths.Values.Where(p => p.Location is null))
        {
            path.Kind.CheckPath(path, context.Diagnostics);
        }

        _subjects = new SubjectBinder(context, _paths);
        _clusters = new ClusterBinder(context, _paths);
        _roles = new RoleBinder(context);
    }

    /// <summary>Binds a policy. Mistakes are reported; what has one is left out of the model.</summary>
    public static PolicyModel Bind(ImmutableArray<SyntaxTree> trees, BindingContext context)
    {
        foreach (var tree in trees)
        {
            foreach (var name in tree.BrokenNames)
            {
                context.AddBrokenName(name);
            }

            if (tree.HasBrokenInventory)
            {
                context.AddBrokenInventory();
                context.AddBrokenNamespaces();
            }
        }

        return new PolicyBinder(context).Bind([.. trees.SelectMany(t => t.Statements)]);
    }

    private static ImmutableSortedDictionary<string, AccessPath> PathsOf(BindingContext context)
        => context.Settings.HasPathSection
            ? context.Settings.Paths
            : context.Kinds.ToImmutableSortedDictionary(k => k.Name, k => new AccessPath(k.Name, k, k.DefaultPeople, SettingBlock.Empty, null), StringComparer.Ordinal);

    private PolicyModel Bind(ImmutableArray<StatementSyntax> statements)
    {
        var (namespaceRows, defaultVia) = Declare(statements);
        _subjects.BindAll();
        var clusters = _clusters.BindAll(namespaceRows);
        _roles.BindAll();
        var paths = WithDefaultPeople(clusters);
        CheckNativeIdentities(paths);
        var selectors = new SelectorBinder(_context, clusters, paths);
        foreach (var fleet in statements.OfType<FleetSyntax>())
        {
            selectors.Declare(fleet);
        }

        selectors.BindFleets();
        var rules = new RuleBinder(_context, _subjects, selectors, _roles, paths, _postures);
        var boundDefault = defaultVia is null ? (ImmutableArray<AccessPath>?)null : [.. _context.Distinct(defaultVia.Paths).Select(rules.ResolvePath).OfType<AccessPath>()];
        return BindRules(statements, rules, clusters, paths, boundDefault);
    }

    private (ImmutableArray<NamespaceRow>? Namespaces, DefaultViaSyntax? DefaultVia) Declare(ImmutableArray<StatementSyntax> statements)
    {
        ImmutableArray<NamespaceRow>? namespaceRows = null;
        DefaultViaSyntax? defaultVia = null;
        var readFiles = new HashSet<string>(StringComparer.Ordinal);
        foreach (var statement in statements)
        {
            _context.Cancellation.ThrowIfCancellationRequested();
            switch (statement)
            {
                case UserSyntax or GroupSyntax or MachineSyntax:
                    _subjects.Declare(statement);
                    break;
                case ClusterSyntax cluster:
                    _clusters.Declare(cluster);
                    break;
                case RoleSyntax role:
                    _roles.Declare(role);
                    break;
                case PostureSyntax posture:
                    Declare(posture);
                    break;
                case ClustersFromSyntax from:
                    ReadClusters(from, readFiles);
                    break;
                case NamespacesFromSyntax from:
                    namespaceRows = (namespaceRows ?? []).AddRange(ReadNamespaces(from, readFiles));
                    break;
                case DefaultViaSyntax via when defaultVia is not null:
                    _context.Report(SemanticDiagnostics.RepeatedStatement, via.Location, "`default via` stands twice", "keep one of the two", new RelatedLocation(defaultVia.Location, "first here"));
                    break;
                case DefaultViaSyntax via:
                    defaultVia = via;
                    break;
            }
        }

        return (namespaceRows, defaultVia);
    }

    private void ReadClusters(ClustersFromSyntax from, HashSet<string> readFiles)
    {
        var findings = _context.Diagnostics.Count;
        if (Open(from.File, readFiles) is { } source)
        {
            foreach (var row in InventoryReader.ReadClusters(source, _context.Diagnostics))
            {
                _clusters.Declare(row);
            }
        }

        if (_context.Diagnostics.Count > findings)
        {
            _context.AddBrokenInventory();
        }
    }

    private ImmutableArray<NamespaceRow> ReadNamespaces(NamespacesFromSyntax from, HashSet<string> readFiles)
    {
        var findings = _context.Diagnostics.Count;
        var rows = Open(from.File, readFiles) is { } source ? InventoryReader.ReadNamespaces(source, _context.Diagnostics) : [];
        if (_context.Diagnostics.Count > findings)
        {
            _context.AddBrokenNamespaces();
        }

        return rows;
    }

    private SourceText? Open(WordSyntax file, HashSet<string> readFiles)
    {
        if (readFiles.Add(file.Text))
        {
            return _context.Files.Read(file.Text, file.Location, _context.Diagnostics);
        }

        _context.Report(SemanticDiagnostics.RepeatedStatement, file.Location, $"`{file.Text}` is read twice", "remove one of the two");
        return null;
    }

    private void Declare(PostureSyntax syntax)
    {
        var name = syntax.Name.Text;
        if (!_context.CheckName(syntax.Name)
            || _context.ReportIfDuplicate(name, syntax.Name.Location, _postures.GetValueOrDefault(name)?.Location, "posture"))
        {
            return;
        }

        var schema = new SettingSchema([.. _paths.Values.Select(p => new SettingDefinition(p.Name, SettingKind.TextList, $"what path {p.Name} checks"))]);
        var block = SettingReader.Read(syntax.Body, schema, $"posture `{name}`", _context.Diagnostics);
        var assertions = _paths.Keys.Select(p => (Path: p, Texts: block.GetList(p))).Where(a => !a.Texts.IsEmpty)
            .ToImmutableSortedDictionary(a => a.Path, a => a.Texts, StringComparer.Ordinal);
        var posture = new Posture(name, assertions, syntax.Name.Location);
        _postures.Add(name, posture);
        foreach (var (path, texts) in assertions)
        {
            _paths[path].Kind.CheckPosture(_paths[path], posture, texts, _context.Diagnostics);
        }
    }

    // A path that carries only reach sees the people whom the API servers behind it see, where these agree and nothing else is said.
    private ImmutableSortedDictionary<string, AccessPath> WithDefaultPeople(ImmutableSortedDictionary<string, Cluster> clusters)
    {
        return _paths.Values.ToImmutableSortedDictionary(p => p.Name, WithPeople, StringComparer.Ordinal);

        AccessPath WithPeople(AccessPath path)
        {
            if (path.People is not null || path.Kind.Carries != PathCarries.Reach)
            {
                return path;
            }

            var providers = clusters.Values.Where(c => c.Paths.ContainsKey(path.Name)).SelectMany(c => c.Authenticators).Select(a => a.People).Distinct(StringComparer.Ordinal).ToArray();
            return providers is [var only] ? path with { People = only } : path;
        }
    }

    private void CheckNativeIdentities(ImmutableSortedDictionary<string, AccessPath> paths)
    {
        foreach (var subject in _subjects.Subjects.Values.OrderBy(s => s.Name, StringComparer.Ordinal))
        {
            foreach (var path in paths.Values)
            {
                foreach (var identity in subject.Identities.GetValueOrDefault(path.Name, []))
                {
                    path.Kind.CheckIdentity(path, subject, identity, _context.Diagnostics);
                }
            }
        }
    }

    private PolicyModel BindRules(
        ImmutableArray<StatementSyntax> statements,
        RuleBinder rules,
        ImmutableSortedDictionary<string, Cluster> clusters,
        ImmutableSortedDictionary<string, AccessPath> paths,
        ImmutableArray<AccessPath>? defaultVia)
    {
        var allows = ImmutableArray.CreateBuilder<BoundAllow>();
        var expired = ImmutableArray.CreateBuilder<AllowRule>();
        var guards = ImmutableArray.CreateBuilder<Guard>();
        var disjoint = ImmutableArray.CreateBuilder<DisjointAssumption>();
        var tests = ImmutableArray.CreateBuilder<PolicyTest>();
        foreach (var statement in statements)
        {
            _context.Cancellation.ThrowIfCancellationRequested();
            switch (statement)
            {
                case AllowSyntax syntax when rules.Bind(syntax) is { } allow:
                    Add(allow);
                    break;
                case NeverSyntax syntax when rules.Bind(syntax) is { } guard:
                    guards.Add(guard);
                    break;
                case OnlySyntax syntax when rules.Bind(syntax) is { } guard:
                    guards.Add(guard);
                    break;
                case AssumeDisjointSyntax syntax when rules.Bind(syntax) is { } assumption:
                    disjoint.Add(assumption);
                    break;
                case TestSyntax syntax:
                    tests.Add(rules.Bind(syntax));
                    break;
            }
        }

        return new PolicyModel(clusters, paths, _subjects.Subjects, defaultVia, allows.ToImmutable(), expired.ToImmutable(), guards.ToImmutable(), disjoint.ToImmutable(), tests.ToImmutable());

        void Add(BoundAllow allow)
        {
            if (allow.Rule.Until is { } until && until < _context.AsOf)
            {
                expired.Add(allow.Rule);
                _context.Report(
                    SemanticDiagnostics.ExpiredRule,
                    allow.Rule.Location,
                    string.Create(System.Globalization.CultureInfo.InvariantCulture, $"the last day of this rule was {until:yyyy-MM-dd}: it gives no rights any more"),
                    "remove the rule, or give it a later day");
                return;
            }

            if (!_context.LacksInventory && allow.Places.All(p => p.Namespaces is { IsEmpty: true }))
            {
                _context.Report(SemanticDiagnostics.RuleGivesNothing, allow.Rule.Location, allow.Places.IsEmpty ? "this rule selects no cluster: it gives no rights" : "this rule selects no namespace on any cluster: it gives no rights", "correct the selector, or remove the rule");
            }

            allows.Add(allow);
        }
    }
}
