using System.Text;
using System.Text.Json;
using PolicyLang.Diagnostics;

namespace PolicyLang.Data;

/// <summary>
/// Reads strict JSON (RFC 8259) into data with exact positions: no comments, no trailing commas, no key twice. A key with the value <c>null</c>
/// counts as left out, as Terraform prints optional attributes; elsewhere <c>null</c> is no value. Numbers and booleans become scalars without quotes.
/// </summary>
public static class JsonDataReader
{
    /// <summary>Reads a file. Never throws for any text.</summary>
    /// <param name="source">The file.</param>
    /// <param name="diagnostics">Receives what is wrong.</param>
    /// <returns>The data; nothing when anything is wrong with it.</returns>
    public static DataNode? Read(SourceText source, DiagnosticBag diagnostics) => Read(source, DataLimits.Default, diagnostics);

    internal static DataNode? Read(SourceText source, DataLimits limits, DiagnosticBag diagnostics)
    {
        var findings = new DiagnosticBag();
        var builder = new DataTreeBuilder(source, limits, findings);
        if (string.IsNullOrWhiteSpace(source.Text))
        {
            findings.Report(DataDiagnostics.EmptyData, builder.At(0, 0), $"`{source.Path}` holds no data");
        }
        else
        {
            ReadTokens(source, builder, limits, findings);
        }

        diagnostics.AddRange(findings.ToSortedArray());
        return findings.HasErrors ? null : builder.Root;
    }

    private static void ReadTokens(SourceText source, DataTreeBuilder builder, DataLimits limits, DiagnosticBag diagnostics)
    {
        var bytes = Encoding.UTF8.GetBytes(source.Text);
        var offsets = new ByteOffsets(bytes);
        try
        {
            // One level more than allowed, so that our own message is the one that is shown.
            var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = limits.Depth + 1 });
            while (reader.Read())
            {
                if (!ReadToken(ref reader, offsets, builder, diagnostics))
                {
                    return;
                }
            }
        }
        catch (JsonException exception)
        {
            var position = new ByteOffsets(bytes).ToChar(OffsetOf(bytes, exception));
            ReportSyntax(source, position, builder, diagnostics);
        }
    }

    private static bool ReadToken(ref Utf8JsonReader reader, ByteOffsets offsets, DataTreeBuilder builder, DiagnosticBag diagnostics)
    {
        var first = (int)reader.TokenStartIndex;
        var start = offsets.ToChar(first);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return builder.Start(isMap: true, start);
            case JsonTokenType.StartArray:
                return builder.Start(isMap: false, start);
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                builder.End(start + 1);
                return true;
            case JsonTokenType.PropertyName or JsonTokenType.String:
                var length = offsets.ToChar(first + reader.ValueSpan.Length + 2) - start;
                if (TryGetText(ref reader) is { } text)
                {
                    return builder.Scalar(text, isQuoted: true, isKeptAsWritten: true, start, length);
                }

                diagnostics.Report(DataDiagnostics.InvalidJson, builder.At(start, length), "this text holds an escape that is no character", "write the character itself");
                return false;
            case JsonTokenType.Null when builder.DropKey():
                return true;
            case JsonTokenType.Null:
                diagnostics.Report(DataDiagnostics.AmbiguousValue, builder.At(start, 4), "`null` is no value", "leave the key out, or write `\"\"` for an empty text");
                return builder.Scalar("", isQuoted: false, isKeptAsWritten: true, start, 4);
            default:
                var written = Encoding.UTF8.GetString(reader.ValueSpan);
                return builder.Scalar(written, isQuoted: false, isKeptAsWritten: false, start, written.Length);
        }
    }

    private static string? TryGetText(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null; // half of a surrogate pair
        }
    }

    private static int OffsetOf(byte[] bytes, JsonException exception)
    {
        var start = 0;
        for (var line = exception.LineNumber ?? 0; line > 0; line--)
        {
            start += bytes.AsSpan(start).IndexOf((byte)'\n') + 1;
        }

        return Math.Clamp(start + (int)(exception.BytePositionInLine ?? 0), 0, bytes.Length);
    }

    private static void ReportSyntax(SourceText source, int position, DataTreeBuilder builder, DiagnosticBag diagnostics)
    {
        if (position >= source.Text.Length)
        {
            diagnostics.Report(DataDiagnostics.InvalidJson, builder.At(position, 0), "the file ends in the middle of a value", "check that every bracket and quote is closed");
            return;
        }

        var (message, help) = source.Text[position] switch
        {
            '/' or '#' => ("JSON has no comments", "remove it, or rename the file to `.yaml`"),
            '\'' => ("JSON takes only double quotes", "write `\"…\"`"),
            ']' or '}' => ($"`{source.Text[position]}` cannot stand here", "check the comma in front of it"),
            < ' ' => ("a text goes over the end of a line, or holds a control character", "close the quote, or write `\\n` or `\\t`"),
            var other => ($"`{other}` cannot stand here", "check quotes, commas and brackets near here"),
        };
        diagnostics.Report(DataDiagnostics.InvalidJson, builder.At(position, 1), message, help);
    }

    /// <summary>Turns offsets in UTF-8 into offsets in UTF-16; offsets must not decrease.</summary>
    private sealed class ByteOffsets(byte[] bytes)
    {
        private int _byte;
        private int _char;

        public int ToChar(int offset)
        {
            for (; _byte < offset && _byte < bytes.Length; _byte++)
            {
                // A continuation byte belongs to the character before; four bytes are two UTF-16 units.
                var b = bytes[_byte];
                _char += (b & 0xC0) == 0x80 ? 0 : b >= 0xF0 ? 2 : 1;
            }

            return _char;
        }
    }
}
