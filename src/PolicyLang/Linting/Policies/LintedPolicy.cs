using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Diagnostics;
using PolicyLang.Projects;
using PolicyLang.Semantics;
using PolicyLang.Syntax;

namespace PolicyLang.Linting.Policies;

/// <summary>A policy without errors, as rules see it. Rules ask side by side; what several of them need is made once.</summary>
internal sealed class LintedPolicy
{
    private readonly Lazy<Dictionary<(string Path, int Start), AllowSyntax>> _allows;
    private readonly Lazy<ImmutableArray<RoleUse>> _roleUses;
    private readonly Lazy<ImmutableArray<CoveredRule>> _coveredRules;

    /// <summary>Takes a policy.</summary>
    /// <param name="trees">What is written, by file.</param>
    /// <param name="policy">What the names mean.</param>
    /// <param name="access">Who may do what where.</param>
    /// <param name="settings">The project's settings.</param>
    /// <param name="asOf">The day, UTC.</param>
    public LintedPolicy(ImmutableArray<SyntaxTree> trees, PolicyModel policy, AccessModel access, ProjectSettings settings, DateOnly asOf)
    {
        Trees = trees;
        Policy = policy;
        Access = access;
        Settings = settings;
        AsOf = asOf;
        _allows = new(() => Statements<AllowSyntax>().ToDictionary(allow => (allow.Head.Source.Path, allow.Head.Span.Start)));
        Roles = new RoleVersions(access);
        _roleUses = new(() => RoleUse.Find(policy, Roles));
        _coveredRules = new(() => RuleCoverage.Find(this));
    }

    /// <summary>What is written, by file.</summary>
    public ImmutableArray<SyntaxTree> Trees { get; }

    /// <summary>What the names mean.</summary>
    public PolicyModel Policy { get; }

    /// <summary>Who may do what where.</summary>
    public AccessModel Access { get; }

    /// <summary>The project's settings.</summary>
    public ProjectSettings Settings { get; }

    /// <summary>The day, UTC.</summary>
    public DateOnly AsOf { get; }

    /// <summary>What roles consist of.</summary>
    public RoleVersions Roles { get; }

    /// <summary>The roles that rules in force give, each with what it holds there.</summary>
    public ImmutableArray<RoleUse> RoleUses => _roleUses.Value;

    /// <summary>The rules that give nothing of their own.</summary>
    public ImmutableArray<CoveredRule> CoveredRules => _coveredRules.Value;

    /// <summary>All statements of one kind, in the order of files and lines.</summary>
    public IEnumerable<T> Statements<T>()
        where T : StatementSyntax
        => Trees.SelectMany(tree => tree.Statements).OfType<T>();

    /// <summary>A rule as it is written.</summary>
    public AllowSyntax SyntaxOf(AllowRule rule) => _allows.Value[(rule.Location.Source.Path, rule.Location.Span.Start)];

    /// <summary>The rule whose head begins at a place, as it is written; nothing where none does.</summary>
    public AllowSyntax? FindSyntax(SourceLocation head) => _allows.Value.GetValueOrDefault((head.Source.Path, head.Span.Start));

    /// <summary>The clusters that rules may reach.</summary>
    public IEnumerable<Cluster> ActiveClusters => Policy.Clusters.Values.Where(cluster => !cluster.IsRetired);

    /// <summary>The edit that takes a statement away, with its lines where nothing else stands on them.</summary>
    public static TextEdit Removal(SourceLocation statement)
    {
        var text = statement.Source.Text;
        var start = statement.Span.Start;
        while (start > 0 && text[start - 1] is ' ' or '\t')
        {
            start--;
        }

        var end = statement.Span.End;
        while (end < text.Length && text[end] is ' ' or '\t')
        {
            end++;
        }

        // A comment behind a statement speaks of it.
        if (end < text.Length && text[end] == '#')
        {
            end = text.AsSpan(end).IndexOfAny('\r', '\n') is >= 0 and var length ? end + length : text.Length;
        }

        var isAlone = (start == 0 || text[start - 1] is '\r' or '\n') && (end == text.Length || text[end] is '\r' or '\n');
        if (!isAlone)
        {
            return new TextEdit(statement, "");
        }

        end += text.AsSpan(end).StartsWith("\r\n") ? 2 : end < text.Length ? 1 : 0;
        return new TextEdit(new SourceLocation(statement.Source, new TextSpan(start, end - start)), "");
    }
}
