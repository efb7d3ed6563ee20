using System.Collections.Immutable;
using Antlr4.Runtime;
using PolicyLang.Diagnostics;
using PolicyLang.Syntax.Generated;
using static PolicyLang.Syntax.Generated.PolicyParser;

namespace PolicyLang.Syntax;

/// <summary>Makes the syntax record of a parsed statement. What the grammar leaves open (a clause given twice) is reported here.</summary>
internal sealed class StatementBuilder(SourceText source, DiagnosticBag diagnostics) : PolicyParserBaseVisitor<StatementSyntax?>
{
    private readonly SyntaxBuilder _syntax = new(source, diagnostics);

    /// <inheritdoc/>
    public override StatementSyntax? VisitStatement(StatementContext context) => Visit(context.GetChild(0));

    /// <inheritdoc/>
    public override StatementSyntax VisitClustersFrom(ClustersFromContext context)
        => new ClustersFromSyntax(_syntax.Word(context.STRING()), _syntax.Locate(context));

    /// <inheritdoc/>
    public override StatementSyntax VisitNamespacesFrom(NamespacesFromContext context)
        => new NamespacesFromSyntax(_syntax.Word(context.STRING()), _syntax.Locate(context));

    /// <inheritdoc/>
    public override StatementSyntax VisitDefaultVia(DefaultViaContext context)
        => new DefaultViaSyntax(_syntax.Names(context.names()), _syntax.Locate(context));

    /// <inheritdoc/>
    public override StatementSyntax VisitClusterDeclaration(ClusterDeclarationContext context)
        => new ClusterSyntax(_syntax.Word(context.name()), _syntax.Block(context.block()), _syntax.Locate(context));

    /// <inheritdoc/>
    public override StatementSyntax VisitFleetDeclaration(FleetDeclarationContext context)
        => new FleetSyntax(_syntax.Word(context.name()), _syntax.Clusters(context.clusterSelector()), _syntax.Locate(context));

    /// <inheritdoc/>
    public override StatementSyntax VisitUserDeclaration(UserDeclarationContext context)
        => new UserSyntax(_syntax.Word(context.name()), _syntax.Block(context.block()), _syntax.Locate(context));

    /// <inheritdoc/>
    public override StatementSyntax VisitGroupDeclaration(GroupDeclarationContext context)
        => new GroupSyntax(_syntax.Word(context.name()), _syntax.Block(context.block()), _syntax.Locate(context));

    /// <inheritdoc/>
    public override StatementSyntax VisitMachineDeclaration(MachineDeclarationContext context)
        => new MachineSyntax(_syntax.Word(context.name()), _syntax.Block(context.block()), _syntax.Locate(context));

    /// <inheritdoc/>
    public override StatementSyntax VisitPostureDeclaration(PostureDeclarationContext context)
        => new PostureSyntax(_syntax.Word(context.name()), _syntax.Block(context.block()), _syntax.Locate(context));

    /// <inheritdoc/>
    public override StatementSyntax VisitRoleDeclaration(RoleDeclarationContext context)
    {
        ImmutableArray<RoleItemSyntax> items = context.existingRole() is { } existing
            ? [ExistingRole(existing)]
            : [.. context.roleTail().roleItem().Select(RoleItem)];
        return new RoleSyntax(_syntax.Word(context.name()), items, _syntax.Locate(context));
    }

    /// <inheritdoc/>
    public override StatementSyntax VisitAllowRule(AllowRuleContext context)
    {
        var lists = context.names();
        var scope = context.scope();
        var clauses = Clauses.Of(this, context.allowClause());
        return new AllowSyntax(
            _syntax.Names(lists[0]),
            _syntax.Names(lists[1]),
            _syntax.Clusters(context.clusterSelector()),
            scope.inPhrase() is { } inPhrase
                ? new InNamespacesSyntax(_syntax.Namespaces(inPhrase.namespaceSelector()), _syntax.Locate(scope))
                : new ClusterWideSyntax(_syntax.Locate(scope)),
            clauses.Via,
            clauses.When,
            clauses.Until,
            clauses.Because,
            _syntax.Locate(context.Start, scope.Stop),
            _syntax.Locate(context));
    }

    /// <inheritdoc/>
    public override StatementSyntax VisitNeverGuard(NeverGuardContext context)
    {
        var guarded = context.guarded();
        var clauses = Clauses.Of(this, context.guardClause());
        return new NeverSyntax(
            new GuardedSubjectsSyntax(guarded.ANYONE() is not null, guarded.names() is { } names ? _syntax.Names(names) : [], _syntax.Locate(guarded)),
            context.rights() is { } rights ? _syntax.Rights(rights) : null,
            _syntax.Clusters(context.clusterSelector()),
            Namespaces(context.inPhrase()),
            clauses.Via,
            clauses.Because,
            _syntax.Locate(context));
    }

    /// <inheritdoc/>
    public override StatementSyntax VisitOnlyGuard(OnlyGuardContext context)
    {
        var clauses = Clauses.Of(this, context.guardClause());
        return new OnlySyntax(
            _syntax.Names(context.names()),
            _syntax.Rights(context.rights()),
            _syntax.Clusters(context.clusterSelector()),
            Namespaces(context.inPhrase()),
            clauses.Via,
            clauses.Because,
            _syntax.Locate(context));
    }

    /// <inheritdoc/>
    public override StatementSyntax VisitAssumeDisjoint(AssumeDisjointContext context)
        => new AssumeDisjointSyntax(_syntax.Names(context.names()), _syntax.Word(context.becauseClause().STRING()), _syntax.Locate(context));

    /// <inheritdoc/>
    public override StatementSyntax VisitTestDeclaration(TestDeclarationContext context)
    {
        var expectations = context.testTail().expectation();
        if (expectations.Length == 0)
        {
            // A test that expects nothing would hold whatever the policy says.
            diagnostics.Report(SyntaxDiagnostics.MissingExpect, _syntax.Locate(context), "this test expects nothing", "write `expect WHO can VERB RESOURCE on CLUSTERS` between the braces");
        }

        return new TestSyntax(_syntax.Word(context.STRING()), [.. expectations.Select(Expectation)], _syntax.Locate(context));
    }

    private ExpectSyntax Expectation(ExpectationContext context)
    {
        var clauses = Clauses.Of(this, context.expectClause());
        return new ExpectSyntax(
            _syntax.Names(context.names()),
            context.CAN() is not null,
            context.rights() is { } rights ? _syntax.Rights(rights) : null,
            _syntax.Clusters(context.clusterSelector()),
            Namespaces(context.inPhrase()),
            clauses.Via,
            clauses.When,
            _syntax.Locate(context));
    }

    private RoleItemSyntax RoleItem(RoleItemContext context) => context.GetChild(0) switch
    {
        IncludeContext include => new IncludeSyntax(_syntax.Names(include.names()), _syntax.Locate(include)),
        CanPhraseContext can => new CanSyntax(_syntax.Rights(can.rights()), _syntax.Locate(can)),
        _ => ExistingRole(context.existingRole()),
    };

    private ExistingClusterRoleSyntax ExistingRole(ExistingRoleContext context)
        => new(_syntax.Word(context.STRING()), _syntax.Locate(context));

    private NamespaceSelectorSyntax? Namespaces(InPhraseContext? context)
        => context is null ? null : _syntax.Namespaces(context.namespaceSelector());

    /// <summary>The clauses behind a statement's head, each at most once.</summary>
    private sealed class Clauses(StatementBuilder builder)
    {
        private readonly Dictionary<int, ParserRuleContext> _first = [];

        public ImmutableArray<WordSyntax>? Via { get; private set; }

        public ImmutableArray<WordSyntax>? When { get; private set; }

        public WordSyntax? Until { get; private set; }

        public WordSyntax? Because { get; private set; }

        public static Clauses Of(StatementBuilder builder, IReadOnlyList<ParserRuleContext> contexts)
        {
            var clauses = new Clauses(builder);
            foreach (var context in contexts)
            {
                clauses.Add((ParserRuleContext)context.GetChild(0));
            }

            return clauses;
        }

        public void Add(ParserRuleContext clause)
        {
            if (!_first.TryAdd(clause.RuleIndex, clause))
            {
                builder.ReportRepeatedClause(_first[clause.RuleIndex], clause);
                return;
            }

            switch (clause)
            {
                case ViaClauseContext via:
                    Via = builder._syntax.Names(via.names());
                    break;
                case WhenClauseContext condition:
                    When = builder._syntax.Words(condition.name());
                    break;
                case UntilClauseContext until:
                    Until = builder._syntax.Word(until.WORD());
                    break;
                case BecauseClauseContext because:
                    Because = builder._syntax.Word(because.STRING());
                    break;
            }
        }
    }

    private void ReportRepeatedClause(ParserRuleContext first, ParserRuleContext second)
    {
        var word = second.Start.Text;
        var help = second switch
        {
            ViaClauseContext => "name all paths behind one `via`, separated by commas",
            WhenClauseContext => "join the conditions behind one `when` by `and`",
            _ => $"keep one `{word}`",
        };
        diagnostics.Report(
            SyntaxDiagnostics.RepeatedClause,
            _syntax.Locate(second),
            $"`{word}` is given twice in one statement",
            help,
            new RelatedLocation(_syntax.Locate(first), "first given here"));
    }
}
