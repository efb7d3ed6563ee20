using System.Collections.Immutable;
using System.Globalization;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Linting.Artefacts.Terraform;

namespace PolicyLang.Linting.Artefacts;

/// <summary>
/// Reads Terraform's native syntax into the tree that its JSON syntax has: <c>resource</c>, then the type, the name and the body; blocks of one kind
/// become a list. Values that are written out become data, and so does what <c>jsonencode</c> takes; whatever Terraform works out becomes a
/// <see cref="DataExpression"/>. What is no Terraform is passed over by the line, since Terraform itself will refuse it.
/// </summary>
internal static class ForeignHcl
{
    /// <summary>Reads a text. Never throws for any text.</summary>
    /// <param name="source">The text.</param>
    /// <param name="diagnostics">Receives why it cannot be read.</param>
    /// <returns>The file; nothing when the text cannot be read or is blank.</returns>
    public static ImmutableArray<DataNode> Read(SourceText source, DiagnosticBag diagnostics)
    {
        if (string.IsNullOrWhiteSpace(source.Text))
        {
            return [];
        }

        var reader = new Reader(source);
        var root = reader.ReadFile();
        if (reader.TooDeep is { } deep)
        {
            diagnostics.Report(DataDiagnostics.NestedTooDeeply, deep, string.Create(CultureInfo.InvariantCulture, $"data is nested more than {DataLimits.Default.Depth} levels deep here"));
            return [];
        }

        if (reader.Unclosed is var (start, what))
        {
            diagnostics.Report(LintDiagnostics.InvalidTerraform, new SourceLocation(source, new TextSpan(start, 1)), $"{what} is never closed", "run `terraform validate`");
            return [];
        }

        return [root];
    }

    private sealed class Reader(SourceText source)
    {
        // Terraform's own blocks have at most two.
        private const int MostLabels = 3;

        private readonly HclScanner _scanner = new(source.Text);
        private int _depth;

        public SourceLocation? TooDeep { get; private set; }

        public (int Start, string What)? Unclosed => _scanner.Unclosed;

        public DataMap ReadFile() => ReadBody(-1);

        // A body, from behind its brace; the file has none.
        private DataMap ReadBody(int brace)
        {
            var body = new HclBody();
            while (true)
            {
                _scanner.SkipBlank(isOverLines: true);
                if (_scanner.IsAtEnd)
                {
                    if (brace >= 0)
                    {
                        _scanner.Fail(brace, "this brace");
                    }

                    break;
                }

                if (_scanner.Current == '}')
                {
                    _scanner.Position++;
                    if (brace >= 0)
                    {
                        break;
                    }

                    continue;
                }

                if (!ReadStatement(body))
                {
                    _scanner.SkipLine();
                }
            }

            var start = Math.Max(brace, 0);
            return body.ToMap(At(start, _scanner.Position));
        }

        private bool ReadStatement(HclBody body)
        {
            var start = _scanner.Position;
            var key = _scanner.Current == '"' ? ReadLabel() : _scanner.Name();
            var keyLocation = At(start, _scanner.Position);
            if (key.Length == 0)
            {
                return false;
            }

            _scanner.SkipBlank(isOverLines: false);
            if (_scanner.Current == '=' && _scanner.Peek(1) != '=')
            {
                _scanner.Position++;
                body.Add(new DataEntry(key, keyLocation, ReadValue(isOverLines: false)));
                return true;
            }

            var labels = new List<(string Name, SourceLocation Location)> { (key, keyLocation) };
            while (_scanner.Current == '"' || char.IsLetter(_scanner.Current))
            {
                var at = _scanner.Position;
                var label = _scanner.Current == '"' ? ReadLabel() : _scanner.Name();
                labels.Add((label, At(at, _scanner.Position)));
                _scanner.SkipBlank(isOverLines: false);
            }

            if (_scanner.Current != '{' || labels.Count > MostLabels)
            {
                return false;
            }

            var brace = _scanner.Position;
            if (!Enter(brace))
            {
                return true;
            }

            _scanner.Position++;
            body.AddBlock(labels, 0, ReadBody(brace));
            _depth--;
            return true;
        }

        private string ReadLabel()
        {
            var start = _scanner.Position;
            _scanner.SkipQuoted();
            return _scanner.Unclosed is null ? source.Text[(start + 1)..(_scanner.Position - 1)] : "";
        }

        private DataNode ReadValue(bool isOverLines)
        {
            _scanner.SkipBlank(isOverLines);
            var start = _scanner.Position;
            var literal = ReadLiteral();
            var end = _scanner.Position;
            _scanner.SkipBlank(isOverLines);
            if (literal is not null && (_scanner.IsAtEnd || _scanner.Current is '\n' or ',' or ']' or '}' or ')'))
            {
                return literal;
            }

            _scanner.SkipExpression(isOverLines);
            end = Math.Max(end, Math.Min(_scanner.Position, source.Text.Length));
            var text = source.Text[start..end].TrimEnd();
            return new DataExpression(text, At(start, start + text.Length));
        }

        // A value that is written out; nothing, and nothing taken, where there is none.
        private DataNode? ReadLiteral()
        {
            var start = _scanner.Position;
            switch (_scanner.Current)
            {
                case '"':
                    _scanner.SkipQuoted();
                    return Text(start);
                case '<' when _scanner.SkipHeredoc() is not null:
                    return Text(start);
                case '[' or '{' when StartsWithFor():
                    return null;
                case '[':
                    return ReadList(start);
                case '{':
                    return ReadObject(start);
                case '-' or (>= '0' and <= '9'):
                    while (char.IsAsciiLetterOrDigit(_scanner.Current) || _scanner.Current is '-' or '.')
                    {
                        _scanner.Position++;
                    }

                    return new DataScalar(source.Text[start.._scanner.Position], false, At(start, _scanner.Position));
            }

            switch (_scanner.Name())
            {
                case "true" or "false" or "null":
                    return new DataScalar(source.Text[start.._scanner.Position], false, At(start, _scanner.Position));
                case "jsonencode" when _scanner.Current == '(':
                    _scanner.Position++;
                    if (!Enter(start))
                    {
                        return null;
                    }

                    var value = ReadValue(isOverLines: true);
                    _depth--;
                    _scanner.SkipBlank(isOverLines: true);
                    if (value is DataExpression || _scanner.Current != ')')
                    {
                        _scanner.Position = Math.Min(_scanner.Position + 1, source.Text.Length);
                        return null;
                    }

                    _scanner.Position++;
                    return value;
                default:
                    return null;
            }
        }

        private DataNode Text(int start)
        {
            var location = At(start, _scanner.Position);
            return _scanner.Unclosed is null && TerraformTextReader.ReadHcl(location, static _ => 0) is { IsComputed: false } text
                ? new DataScalar(text.Text, true, location)
                : new DataExpression(location.Text, location);
        }

        private DataList? ReadList(int start)
        {
            if (!Enter(start))
            {
                return null;
            }

            var items = ImmutableArray.CreateBuilder<DataNode>();
            _scanner.Position++;
            while (true)
            {
                _scanner.SkipBlank(isOverLines: true);
                if (_scanner.IsAtEnd)
                {
                    _scanner.Fail(start, "this bracket");
                    break;
                }

                if (_scanner.Current is ']' or ',' or ')' or '}')
                {
                    var isEnd = _scanner.Current != ',';
                    _scanner.Position++;
                    if (isEnd)
                    {
                        break;
                    }

                    continue;
                }

                items.Add(ReadValue(isOverLines: true));
            }

            _depth--;
            return new DataList(items.ToImmutable(), At(start, _scanner.Position));
        }

        private DataMap? ReadObject(int start)
        {
            if (!Enter(start))
            {
                return null;
            }

            var entries = ImmutableArray.CreateBuilder<DataEntry>();
            _scanner.Position++;
            while (true)
            {
                _scanner.SkipBlank(isOverLines: true);
                if (_scanner.IsAtEnd)
                {
                    _scanner.Fail(start, "this brace");
                    break;
                }

                if (_scanner.Current is '}' or ',' or ')' or ']')
                {
                    var isEnd = _scanner.Current != ',';
                    _scanner.Position++;
                    if (isEnd)
                    {
                        break;
                    }

                    continue;
                }

                ReadMember(entries);
            }

            _depth--;
            return new DataMap(entries.ToImmutable(), At(start, _scanner.Position));
        }

        private void ReadMember(ImmutableArray<DataEntry>.Builder entries)
        {
            var start = _scanner.Position;
            var key = _scanner.Current == '"' ? ReadLabel() : _scanner.Name();
            var keyLocation = At(start, _scanner.Position);
            _scanner.SkipBlank(isOverLines: false);
            if (key.Length > 0 && _scanner.Current is '=' or ':')
            {
                _scanner.Position++;
                entries.Add(new DataEntry(key, keyLocation, ReadValue(isOverLines: false)));
                return;
            }

            // A key that Terraform works out, and its value.
            _scanner.SkipExpression(isOverLines: false);
        }

        private bool StartsWithFor()
        {
            var position = _scanner.Position++;
            _scanner.SkipBlank(isOverLines: true);
            var isFor = _scanner.Name() == "for" && _scanner.Current is ' ' or '\t' or '\n' or '\r';
            _scanner.Position = position;
            return isFor && _scanner.Unclosed is null;
        }

        private bool Enter(int position)
        {
            if (_depth == DataLimits.Default.Depth)
            {
                TooDeep ??= At(position, position + 1);
                _scanner.Position = source.Text.Length;
                return false;
            }

            _depth++;
            return true;
        }

        private SourceLocation At(int start, int end) => new(source, new TextSpan(start, Math.Max(0, Math.Min(end, source.Text.Length) - start)));
    }
}
