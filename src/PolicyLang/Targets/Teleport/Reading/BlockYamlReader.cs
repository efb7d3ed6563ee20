using System.Buffers;
using System.Globalization;
using System.Text;

namespace PolicyLang.Targets.Teleport.Reading;

/// <summary>
/// Reads the plainest YAML in one pass over the bytes: block style, two spaces a level, lists as deep as their key, every text in double quotes on its line.
/// Whatever else stands in a document makes it say so, and the general parser reads the file; the two agree on all that this one takes.
/// </summary>
internal ref struct BlockYamlReader(ReadOnlySpan<byte> text, TextCache cache)
{
    private const int GreatestDepth = 32;
    private const int LongestKey = 256;

    private static readonly SearchValues<byte> s_quotedEnds = SearchValues.Create("\"\\\n"u8);
    private static readonly SearchValues<byte> s_keyBytes = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./"u8);

    // What YAML 1.1 takes for a boolean or for nothing is no plain key here.
    private static readonly SearchValues<string> s_words = SearchValues.Create(["y", "n", "yes", "no", "on", "off", "true", "false", "null"], StringComparison.OrdinalIgnoreCase);

    private readonly ReadOnlySpan<byte> _text = text;
    private readonly int[] _indents = new int[GreatestDepth];
    private readonly bool[] _lists = new bool[GreatestDepth];
    private int _depth;
    private int _position;
    private int _line = 1;
    private bool _isKeyOpen;

    /// <summary>The line that is read next, or that was refused.</summary>
    public readonly int Line => _line;

    public readonly bool IsAtEnd => _position >= _text.Length;

    /// <summary>Reads the next document into the tree, which stays empty when nothing stands between two markers. False when only the general parser knows what the file says.</summary>
    public bool TryRead(DocumentTree tree)
    {
        _depth = 0;
        _isKeyOpen = false;
        var isMarked = false;
        while (!IsAtEnd)
        {
            var rest = _text[_position..];
            if (rest[0] == '#')
            {
                if (!SkipComment(rest))
                {
                    return false;
                }

                continue;
            }

            if (rest.StartsWith("---"u8))
            {
                if (rest.Length < 4 || rest[3] != '\n')
                {
                    return false;
                }

                if (tree.Depth > 0)
                {
                    return CloseAll(tree);
                }

                if (isMarked)
                {
                    return true;
                }

                isMarked = true;
                _position += 4;
                _line++;
                continue;
            }

            if (!ReadLine(tree))
            {
                return false;
            }
        }

        return CloseAll(tree);
    }

    private bool SkipComment(ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOf((byte)'\n');
        var comment = end < 0 ? rest : rest[..end];
        if (comment.ContainsAnyExceptInRange((byte)' ', (byte)'~'))
        {
            return false;
        }

        NextLine(end < 0 ? rest.Length : end);
        return true;
    }

    private void NextLine(int length)
    {
        _position += length + 1;
        _line++;
    }

    private bool CloseAll(DocumentTree tree)
    {
        if (_isKeyOpen)
        {
            return false;
        }

        for (; _depth > 0; _depth--)
        {
            tree.Close();
        }

        return true;
    }

    private bool ReadLine(DocumentTree tree)
    {
        var rest = _text[_position..];
        var indent = rest.IndexOfAnyExcept((byte)' ');
        if (indent < 0)
        {
            return false;
        }

        var position = indent;
        if (rest[position] == '-' && position + 1 < rest.Length && rest[position + 1] == ' ')
        {
            if (!EnterList(tree, indent))
            {
                return false;
            }

            position += 2;
            if (position < rest.Length && rest[position] == '"')
            {
                if (ReadQuoted(rest, ref position) is not { } item)
                {
                    return false;
                }

                // A quoted text with a colon behind it is a key.
                if (position == rest.Length || rest[position] == '\n')
                {
                    tree.Add(NodeKind.Text, item, _line, indent + 3);
                    NextLine(position);
                    return true;
                }

                position = indent + 2;
            }

            if (!Push(tree, NodeKind.Map, indent + 2))
            {
                return false;
            }
        }
        else if (!EnterMap(tree, indent))
        {
            return false;
        }

        return ReadKey(tree, rest, position);
    }

    private bool EnterList(DocumentTree tree, int indent)
    {
        if (_isKeyOpen)
        {
            // The key above takes the list as its value; a list that is deeper than its key is left to the general parser.
            if (_indents[_depth - 1] != indent)
            {
                return false;
            }

            _isKeyOpen = false;
            return Push(tree, NodeKind.List, indent);
        }

        while (_depth > 0 && _indents[_depth - 1] > indent)
        {
            Pop(tree);
        }

        return _depth > 0 && _lists[_depth - 1] && _indents[_depth - 1] == indent;
    }

    private bool EnterMap(DocumentTree tree, int indent)
    {
        if (_isKeyOpen)
        {
            if (_indents[_depth - 1] + 2 != indent)
            {
                return false;
            }

            _isKeyOpen = false;
            return Push(tree, NodeKind.Map, indent);
        }

        if (_depth == 0)
        {
            return indent == 0 && tree.Root.IsMissing && Push(tree, NodeKind.Map, 0);
        }

        while (_depth > 0 && (_indents[_depth - 1] > indent || (_lists[_depth - 1] && _indents[_depth - 1] == indent)))
        {
            Pop(tree);
        }

        return _depth > 0 && _indents[_depth - 1] == indent;
    }

    private bool Push(DocumentTree tree, NodeKind kind, int indent)
    {
        if (_depth == GreatestDepth)
        {
            return false;
        }

        _indents[_depth] = indent;
        _lists[_depth] = kind == NodeKind.List;
        _depth++;
        tree.Open(kind, _line, indent + 1);
        return true;
    }

    private void Pop(DocumentTree tree)
    {
        _depth--;
        tree.Close();
    }

    private bool ReadKey(DocumentTree tree, ReadOnlySpan<byte> rest, int position)
    {
        var start = position;
        string? key;
        if (position < rest.Length && rest[position] == '"')
        {
            key = ReadQuoted(rest, ref position);
            if (key is null || rest[start..position].ContainsAnyExceptInRange((byte)' ', (byte)'~'))
            {
                return false;
            }
        }
        else
        {
            var length = rest[position..].IndexOfAnyExcept(s_keyBytes);
            if (length <= 0 || !char.IsAsciiLetter((char)rest[position]))
            {
                return false;
            }

            key = cache.Get(rest.Slice(position, length));
            if (length <= 5 && s_words.Contains(key))
            {
                return false;
            }

            position += length;
        }

        if (position - start > LongestKey || position == rest.Length || rest[position] != ':')
        {
            return false;
        }

        tree.Add(NodeKind.Text, key, _line, start + 1);
        position++;
        if (position == rest.Length || rest[position] == '\n')
        {
            _isKeyOpen = true;
            NextLine(position);
            return true;
        }

        return rest[position] == ' ' && ReadValue(tree, rest, position + 1);
    }

    private bool ReadValue(DocumentTree tree, ReadOnlySpan<byte> rest, int position)
    {
        if (position == rest.Length)
        {
            return false;
        }

        var column = position + 1;
        if (rest[position] == '"')
        {
            if (ReadQuoted(rest, ref position) is not { } value || (position < rest.Length && rest[position] != '\n'))
            {
                return false;
            }

            tree.Add(NodeKind.Text, value, _line, column);
            NextLine(position);
            return true;
        }

        var length = rest[position..].IndexOf((byte)'\n');
        var word = length < 0 ? rest[position..] : rest.Slice(position, length);
        if (word.SequenceEqual("{}"u8) || word.SequenceEqual("[]"u8))
        {
            tree.Open(word[0] == '{' ? NodeKind.Map : NodeKind.List, _line, column);
            tree.Close();
        }
        else if (word.SequenceEqual("true"u8) || word.SequenceEqual("false"u8))
        {
            tree.Add(NodeKind.Flag, word[0] == 't' ? "true" : "false", _line, column, word[0] == 't');
        }
        else if (word.Length is > 0 and < 10 && !word.ContainsAnyExceptInRange((byte)'0', (byte)'9') && (word.Length == 1 || word[0] != '0'))
        {
            tree.Add(NodeKind.Number, cache.Get(word), _line, column);
        }
        else
        {
            return false;
        }

        NextLine(position + word.Length);
        return true;
    }

    // From the opening quote to behind the closing one; nothing where the text is not of the plainest kind.
    private readonly string? ReadQuoted(ReadOnlySpan<byte> rest, ref int position)
    {
        var start = position + 1;
        var end = rest[start..].IndexOfAny(s_quotedEnds);
        if (end < 0 || rest[start + end] == '\n')
        {
            return null;
        }

        if (rest[start + end] == '\\')
        {
            return ReadEscaped(rest, ref position);
        }

        var content = rest.Slice(start, end);
        position = start + end + 1;
        return content.ContainsAnyExceptInRange((byte)' ', (byte)'~') ? Decode(content) : cache.Get(content);
    }

    private static string? Decode(ReadOnlySpan<byte> content)
    {
        var text = Encoding.UTF8.GetString(content);
        foreach (var c in text)
        {
            if (c < ' ' || c is (>= '\u007f' and <= '\u009f') or '\u2028' or '\u2029' or '\ufeff' or '\ufffd' or >= '\ufffe')
            {
                return null;
            }
        }

        return text;
    }

    private static string? ReadEscaped(ReadOnlySpan<byte> rest, ref int position)
    {
        var text = new StringBuilder();
        for (var i = position + 1; i < rest.Length; i++)
        {
            var c = rest[i];
            if (c == '"')
            {
                position = i + 1;
                return text.ToString();
            }

            if (c is < (byte)' ' or > (byte)'~')
            {
                return null;
            }

            if (c != '\\')
            {
                text.Append((char)c);
                continue;
            }

            i++;
            if (i < rest.Length && rest[i] is (byte)'"' or (byte)'\\')
            {
                text.Append((char)rest[i]);
            }
            else if (i + 4 < rest.Length && rest[i] == 'u' && ushort.TryParse(rest.Slice(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) && !char.IsSurrogate((char)code))
            {
                text.Append((char)code);
                i += 4;
            }
            else
            {
                return null;
            }
        }

        return null;
    }
}
