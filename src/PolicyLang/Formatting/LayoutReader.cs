using System.Collections.Immutable;
using PolicyLang.Syntax.Generated;

namespace PolicyLang.Formatting;

/// <summary>Finds the lines of a file without mistakes. It reads what the grammar has accepted, so each decision needs the next word only.</summary>
internal sealed class LayoutReader(LayoutTokens tokens)
{
    /// <summary>The statements of a file.</summary>
    public ImmutableArray<LayoutNode> Read()
    {
        var nodes = ImmutableArray.CreateBuilder<LayoutNode>(tokens.Statements.Length);
        for (var i = 0; i < tokens.Statements.Length; i++)
        {
            nodes.Add(Statement(tokens.Statements[i], i + 1 < tokens.Statements.Length ? tokens.Statements[i + 1] : tokens.Count));
        }

        return nodes.MoveToImmutable();
    }

    private LayoutNode Statement(int start, int end) => tokens.Type(start) switch
    {
        PolicyParser.CLUSTERS or PolicyParser.NAMESPACES => Whole(start, end, RowKind.Source, start + 1),
        PolicyParser.DEFAULT => Whole(start, end, RowKind.Other),
        PolicyParser.CLUSTER => Block(start, start + 2, RowKind.Cluster, Entries),
        PolicyParser.USER or PolicyParser.GROUP or PolicyParser.MACHINE => Block(start, start + 2, RowKind.Subject, Entries),
        PolicyParser.POSTURE => Block(start, start + 2, RowKind.Posture, Entries),
        PolicyParser.TEST => Block(start, start + 2, RowKind.Other, Expectations),
        PolicyParser.ROLE when tokens.Type(start + 2) == PolicyParser.LBRACE => Block(start, start + 2, RowKind.Role, RoleItems),
        PolicyParser.ROLE => Whole(start, end, RowKind.Role, start + 2),
        PolicyParser.FLEET => Sentence(start, end, RowKind.Fleet, start + 2),
        PolicyParser.ALLOW => Allow(start, end),
        _ => Sentence(start, end, RowKind.Other),
    };

    private static SentenceNode Whole(int start, int end, RowKind kind, params ImmutableArray<int> columns)
        => new(start, end, kind, [new Phrase(start, end, false)], columns);

    private BlockNode Block(int start, int open, RowKind kind, Func<int, int, ImmutableArray<LayoutNode>> items)
    {
        var close = tokens.Closing(open);
        return new BlockNode(start, close + 1, kind, open, items(open + 1, close));
    }

    private SentenceNode Allow(int start, int end)
    {
        var sentence = Sentence(start, end, RowKind.Allow);
        return sentence with
        {
            Columns = [.. sentence.Phrases.Where(phrase => tokens.Type(phrase.Start) is PolicyParser.AS or PolicyParser.ON or PolicyParser.IN or PolicyParser.CLUSTER_WIDE).Select(phrase => phrase.Start)],
        };
    }

    private ImmutableArray<LayoutNode> Entries(int start, int end)
    {
        var entries = ImmutableArray.CreateBuilder<LayoutNode>();
        for (var i = start; i < end; i = entries[^1].End)
        {
            entries.Add(tokens.Type(i + 1) switch
            {
                PolicyParser.LBRACE => Block(i, i + 1, RowKind.Entry, Entries),
                PolicyParser.EQUALS => Whole(i, WithComma((tokens.Type(i + 2) == PolicyParser.LBRACKET ? tokens.Closing(i + 2) : i + 2) + 1), RowKind.Entry, i + 1),
                _ => Whole(i, WithComma(i + 1), RowKind.Entry),
            });
        }

        return entries.ToImmutable();
    }

    private int WithComma(int end) => tokens.Type(end) == PolicyParser.COMMA ? end + 1 : end;

    private ImmutableArray<LayoutNode> RoleItems(int start, int end)
        => Items(start, end, type => type is PolicyParser.CAN or PolicyParser.INCLUDE or PolicyParser.CLUSTERROLE, (from, to) => tokens.Type(from) == PolicyParser.CAN
            ? Whole(from, to, RowKind.Can, BehindVerbs(from))
            : Whole(from, to, RowKind.Other));

    private ImmutableArray<LayoutNode> Expectations(int start, int end)
        => Items(start, end, type => type == PolicyParser.EXPECT, (from, to) =>
        {
            var sentence = Sentence(from, to, RowKind.Expect);
            var can = sentence.Phrases[1].Start;
            return sentence with { Columns = [can, can + 1] };
        });

    private ImmutableArray<LayoutNode> Items(int start, int end, Func<int, bool> begins, Func<int, int, LayoutNode> create)
    {
        var items = ImmutableArray.CreateBuilder<LayoutNode>();
        for (var i = start; i < end;)
        {
            var next = i + 1;
            while (next < end && !begins(tokens.Type(next)))
            {
                next++;
            }

            items.Add(create(i, next));
            i = next;
        }

        return items.ToImmutable();
    }

    private int BehindVerbs(int can) => tokens.Type(can + 1) == PolicyParser.LBRACKET ? tokens.Closing(can + 1) + 1 : can + 2;

    private SentenceNode Sentence(int start, int end, RowKind kind, params ImmutableArray<int> columns)
    {
        var phrases = new List<Phrase>();
        var from = start;
        var isClause = false;
        for (var i = start + 1; i <= end; i++)
        {
            var beginsClause = i < end && ClauseOrder(tokens.Type(i)) >= 0;
            if (i == end || beginsClause || BeginsPhrase(i))
            {
                phrases.Add(new Phrase(from, i, isClause));
                (from, isClause) = (i, beginsClause);
            }
            else if (tokens.Type(i) is PolicyParser.LBRACKET or PolicyParser.LPAREN)
            {
                i = tokens.Closing(i);
            }
        }

        return new SentenceNode(start, end, kind, InOrder(phrases, end), columns);
    }

    // `in` before a bracket compares a label.
    private bool BeginsPhrase(int index) => tokens.Type(index) switch
    {
        PolicyParser.IN => tokens.Type(index + 1) != PolicyParser.LBRACKET,
        PolicyParser.AS or PolicyParser.ON or PolicyParser.CAN or PolicyParser.CANNOT or PolicyParser.EXCEPT or PolicyParser.CLUSTER_WIDE => true,
        _ => false,
    };

    private ImmutableArray<Phrase> InOrder(List<Phrase> phrases, int end)
    {
        var first = phrases.FindIndex(phrase => phrase.IsClause);
        return first < 0 || MustStayInOrder(phrases[0].Start, phrases[first].Start, end)
            ? [.. phrases]
            : [.. phrases.Take(first), .. phrases.Skip(first).OrderBy(phrase => ClauseOrder(tokens.Type(phrase.Start)))];
    }

    // A comment among clauses may speak of several of them, so that only their author can say what goes where. And a namespace `default` that a comment
    // puts at the beginning of a line must not get `via` behind it: the two would begin a statement.
    private bool MustStayInOrder(int start, int clauses, int end)
        => !tokens.Before(clauses).IsEmpty
            || tokens.HasCommentInside(clauses, end)
            || (tokens.Type(clauses - 1) == PolicyParser.DEFAULT && tokens.HasCommentInside(start, clauses));

    private static int ClauseOrder(int type) => type switch
    {
        PolicyParser.VIA => 0,
        PolicyParser.WHEN => 1,
        PolicyParser.UNTIL => 2,
        PolicyParser.BECAUSE => 3,
        _ => -1,
    };
}
