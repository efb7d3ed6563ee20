using System.Collections.Immutable;

namespace PolicyLang.Formatting;

/// <summary>Writes the lines of a file.</summary>
internal sealed class LayoutWriter
{
    private readonly LayoutTokens _tokens;
    private readonly FlatText _flat;
    private readonly List<string> _lines = [];
    private readonly List<Row> _run = [];
    private readonly CancellationToken _cancellation;
    private RowKind _runKind;

    private LayoutWriter(LayoutTokens tokens, CancellationToken cancellation)
    {
        _tokens = tokens;
        _flat = new FlatText(tokens);
        _cancellation = cancellation;
    }

    /// <summary>The text of a file in the one layout; an empty text for a file that says nothing.</summary>
    public static string Write(LayoutTokens tokens, CancellationToken cancellation)
    {
        var writer = new LayoutWriter(tokens, cancellation);
        writer.WriteNodes(new LayoutReader(tokens).Read(), 0, tokens.Count);
        return writer._lines.Count == 0 ? "" : string.Join('\n', writer._lines) + "\n";
    }

    private void WriteNodes(ImmutableArray<LayoutNode> nodes, int indent, int end)
    {
        var isFirst = true;
        foreach (var node in nodes)
        {
            _cancellation.ThrowIfCancellationRequested();
            WriteComments(node.Start, indent, ref isFirst);
            if (!isFirst && _tokens.FollowsBlankLine(node.Start))
            {
                WriteLine("");
            }

            isFirst = false;
            WriteNode(node, indent);
        }

        WriteComments(end, indent, ref isFirst);
        EndRun();
    }

    private void WriteComments(int index, int indent, ref bool isFirst)
    {
        foreach (var comment in _tokens.Before(index))
        {
            if (!isFirst && comment.FollowsBlankLine)
            {
                WriteLine("");
            }

            isFirst = false;
            WriteLine(new string(' ', indent) + comment.Text);
        }
    }

    private void WriteNode(LayoutNode node, int indent)
    {
        if (_flat.CanBeFlat(node))
        {
            var cells = _flat.Cells(node);
            if (indent + cells.Sum(cell => cell.Length + 1) - 1 <= LayoutRules.Width || !MayBreak(node))
            {
                AddToRun(node.Kind, new Row(indent, cells, _tokens.After(node.End - 1)));
                return;
            }
        }

        EndRun();
        if (node is BlockNode block)
        {
            WriteBlock(block, indent);
        }
        else
        {
            var writer = new NodeWriter(_tokens, _lines, node);
            new BrokenSentence(_tokens, _flat, writer).Write((SentenceNode)node, indent);
            writer.End(CommentBehind(node));
        }
    }

    private void WriteBlock(BlockNode block, int indent)
    {
        var writer = new NodeWriter(_tokens, _lines, block);
        writer.Begin(indent);
        for (var i = block.Start; i <= block.Open; i++)
        {
            writer.Write(i, i == block.Start ? "" : " ", indent + LayoutRules.Continuation);
        }

        writer.End();
        WriteNodes(block.Items, indent + LayoutRules.Indent, block.Close);
        WriteLine(new string(' ', indent) + _tokens.Text(block.Close) + CommentBehind(block));
    }

    private bool MayBreak(LayoutNode node) => node is not BlockNode block || block.Items.All(item => _tokens.MayStartLine(item.Start) && MayBreak(item));

    private string CommentBehind(LayoutNode node) => _tokens.After(node.End - 1) is { } comment ? LayoutRules.Gap + comment : "";

    private void AddToRun(RowKind kind, Row row)
    {
        if (kind != _runKind || kind == RowKind.Other)
        {
            EndRun();
        }

        _runKind = kind;
        _run.Add(row);
    }

    private void EndRun()
    {
        _lines.AddRange(ColumnAligner.Align(_run));
        _run.Clear();
    }

    private void WriteLine(string line)
    {
        EndRun();
        _lines.Add(line);
    }
}
