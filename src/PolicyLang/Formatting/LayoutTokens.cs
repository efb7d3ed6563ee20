using System.Collections.Immutable;
using PolicyLang.Syntax;
using PolicyLang.Syntax.Generated;

namespace PolicyLang.Formatting;

/// <summary>A comment that has a line of its own.</summary>
/// <param name="Text">The comment from its <c>#</c>, without white space at its end.</param>
/// <param name="FollowsBlankLine">Whether its author left a line empty before it.</param>
internal readonly record struct LayoutComment(string Text, bool FollowsBlankLine);

/// <summary>
/// The tokens of a file without mistakes as the formatter sees them: without the commas that only layout decides on, each with the comments that belong
/// to it and with what its author did about line breaks.
/// </summary>
internal sealed class LayoutTokens
{
    private readonly Entry[] _entries;

    private LayoutTokens(Entry[] entries, ImmutableArray<int> statements)
    {
        _entries = entries;
        Statements = statements;
    }

    /// <summary>The number of tokens. The comments at the end of the file stand before this index.</summary>
    public int Count => _entries.Length - 1;

    /// <summary>The first token of each statement.</summary>
    public ImmutableArray<int> Statements { get; }

    /// <summary>The type of a token; end of file outside the range.</summary>
    public int Type(int index) => index >= 0 && index < Count ? _entries[index].Type : PolicyParser.Eof;

    /// <summary>The text of a token, as its author spelt it.</summary>
    public string Text(int index) => _entries[index].Text;

    /// <summary>The comments on lines of their own before a token.</summary>
    public ImmutableArray<LayoutComment> Before(int index) => _entries[index].Before;

    /// <summary>The comment behind a token on its line, or nothing.</summary>
    public string? After(int index) => _entries[index].After;

    /// <summary>Whether the author began a line with a token.</summary>
    public bool StartsLine(int index) => _entries[index].StartsLine;

    /// <summary>Whether the author left a line empty directly before a token.</summary>
    public bool FollowsBlankLine(int index) => _entries[index].FollowsBlankLine;

    /// <summary>The partner of an opening sign.</summary>
    public int Closing(int index) => _entries[index].Closing;

    /// <summary>Whether a comment stands between the first and the last of some tokens.</summary>
    public bool HasCommentInside(int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            if ((i > start && !Before(i).IsEmpty) || (i < end - 1 && After(i) is not null))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Whether a line may begin with a token. A statement word that is first on its line begins a statement; the exceptions are those of <see cref="StatementChunks"/>,
    /// but for the one that asks how the following line begins.
    /// </summary>
    public bool MayStartLine(int index)
    {
        var type = Type(index);
        if (!LanguageWords.IsStatementWord(type))
        {
            return true;
        }

        var (previous, next) = (Type(index - 1), Type(index + 1));
        var (braces, brackets) = (_entries[index].OpenBraces, _entries[index].OpenBrackets);
        return next switch
        {
            PolicyParser.EQUALS or PolicyParser.NOT_EQUALS => true,
            PolicyParser.COMMA or PolicyParser.RBRACKET when brackets > 0 || previous == PolicyParser.COMMA => true,
            PolicyParser.WHERE when type is PolicyParser.CLUSTERS or PolicyParser.NAMESPACES => true,
            PolicyParser.LBRACE or PolicyParser.RBRACE when braces > 0 => true,
            _ when type == PolicyParser.CLUSTERS && previous == PolicyParser.ALL => true,

            // Any clause may turn out to be `via` once they are in order.
            _ => type == PolicyParser.DEFAULT && next is not (PolicyParser.VIA or PolicyParser.WHEN or PolicyParser.UNTIL or PolicyParser.BECAUSE),
        };
    }

    /// <summary>Prepares a file for its layout; linear in its length.</summary>
    /// <param name="tokens">The file's tokens.</param>
    /// <param name="tree">The same file parsed, without mistakes.</param>
    public static LayoutTokens Read(PolicyTokens tokens, SyntaxTree tree) => new Reader(tokens, tree).Read();

    private sealed record Entry(int Type, string Text, int OpenBraces, int OpenBrackets)
    {
        public ImmutableArray<LayoutComment> Before { get; set; } = [];

        public string? After { get; set; }

        public bool StartsLine { get; set; }

        public bool FollowsBlankLine { get; set; }

        public int Closing { get; set; }
    }

    private sealed class Reader(PolicyTokens tokens, SyntaxTree tree)
    {
        private readonly List<Entry> _entries = [];
        private readonly List<(string Text, bool IsFirstOnLine, bool FollowsBlankLine)> _pending = [];
        private readonly Stack<int> _open = new();
        private readonly string _text = tokens.Source.Text;
        private int _comment;
        private int _position;
        private int _braces;
        private int _brackets;

        public LayoutTokens Read()
        {
            var statements = ImmutableArray.CreateBuilder<int>(tree.Statements.Length);
            var holdsSettings = false;
            var breaks = 0;
            for (var i = 0; i < tokens.Tokens.Length; i++)
            {
                var token = tokens.Tokens[i];
                var hasComment = ReadCommentsBefore(token.StartIndex);
                var last = LineBreaks(_position, token.StartIndex);
                breaks = Math.Max(breaks, hasComment ? Math.Max(1, last) : last);
                _position = token.StopIndex + 1;
                if (statements.Count < tree.Statements.Length && token.StartIndex == tree.Statements[statements.Count].Location.Span.Start)
                {
                    statements.Add(_entries.Count);
                    holdsSettings = tree.Statements[statements.Count - 1] is ClusterSyntax or UserSyntax or GroupSyntax or MachineSyntax or PostureSyntax;
                }

                if (token.Type == PolicyParser.COMMA && (tokens.TypeAt(i + 1) == PolicyParser.RBRACKET || (holdsSettings && _brackets == 0 && !IsBegunByComment())))
                {
                    continue;
                }

                Add(token.Type, token.Text, breaks, last);
                breaks = 0;
            }

            ReadCommentsBefore(_text.Length);
            Add(PolicyParser.Eof, "", 0, 0);
            return new LayoutTokens([.. _entries], statements.MoveToImmutable());
        }

        private void Add(int type, string text, int breaks, int lastBreaks)
        {
            var entry = new Entry(type, text, _braces, _brackets) { StartsLine = breaks > 0, FollowsBlankLine = lastBreaks > 1 };

            // What stands before a comma or a brace is written behind it, where nothing has to be torn apart for it.
            if (type is not (PolicyParser.COMMA or PolicyParser.LBRACE))
            {
                GivePending(entry);
            }

            switch (type)
            {
                case PolicyParser.LBRACE or PolicyParser.LBRACKET or PolicyParser.LPAREN:
                    _open.Push(_entries.Count);
                    break;
                case PolicyParser.RBRACE or PolicyParser.RBRACKET or PolicyParser.RPAREN:
                    _entries[_open.Pop()].Closing = _entries.Count;
                    break;
            }

            _braces += type == PolicyParser.LBRACE ? 1 : type == PolicyParser.RBRACE ? -1 : 0;
            _brackets += type == PolicyParser.LBRACKET ? 1 : type == PolicyParser.RBRACKET ? -1 : 0;
            _entries.Add(entry);
        }

        // `default` behind a comment is first on its line, where `via` behind it would make a statement of it; then a comma between the two stays.
        private bool IsBegunByComment() => _entries[^1].Type == PolicyParser.DEFAULT && (!_entries[^1].Before.IsEmpty || _entries[^2].After is not null);

        private void GivePending(Entry entry)
        {
            if (_pending.Count > 0)
            {
                var isTrailing = _entries.Count > 0 && !_pending[0].IsFirstOnLine;
                if (isTrailing)
                {
                    _entries[^1].After = _pending[0].Text;
                }

                entry.Before = [.. _pending.Skip(isTrailing ? 1 : 0).Select(comment => new LayoutComment(comment.Text, comment.FollowsBlankLine))];
                _pending.Clear();
            }
        }

        private bool ReadCommentsBefore(int offset)
        {
            var first = _comment;
            for (; _comment < tokens.Comments.Length && tokens.Comments[_comment].Start < offset; _comment++)
            {
                var span = tokens.Comments[_comment];
                var breaks = LineBreaks(_position, span.Start);
                _pending.Add((_text.Substring(span.Start, span.Length).TrimEnd(), breaks > 0, breaks > 1));
                _position = span.End;
            }

            return _comment > first;
        }

        private int LineBreaks(int start, int end)
        {
            var count = 0;
            for (var i = start; i < end; i++)
            {
                count += _text[i] == '\n' || (_text[i] == '\r' && (i + 1 == end || _text[i + 1] != '\n')) ? 1 : 0;
            }

            return count;
        }
    }
}
