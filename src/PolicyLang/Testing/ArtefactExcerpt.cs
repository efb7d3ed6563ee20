using PolicyLang.Diagnostics;
using PolicyLang.Reading;

namespace PolicyLang.Testing;

/// <summary>A few words of an artefact at a place, for a message: a Kubernetes or Teleport object by its kind and name, anything else by its text.</summary>
public static class ArtefactExcerpt
{
    private const int MostCharacters = 100;
    private const int MostLines = 200;

    /// <summary>The words; empty for a file as a whole.</summary>
    /// <param name="text">The artefact.</param>
    /// <param name="place">The place.</param>
    public static string Of(SourceText text, ArtefactPlace place)
    {
        if (place.Line < 1 || place.Line > text.LineCount)
        {
            return "";
        }

        var excerpt = ObjectAt(text, place.Line - 1) ?? Joined(text, place);
        return excerpt.Length <= MostCharacters ? excerpt : excerpt[..(MostCharacters - 1)] + "…";
    }

    // An object begins with fields that are the same in all of them.
    private static string? ObjectAt(SourceText text, int first)
    {
        var head = text.GetLine(first);
        var indentation = head.Length - head.TrimStart(' ', '-').Length;
        if (FieldOf(head) is not ("apiVersion" or "kind" or "metadata"))
        {
            return null;
        }

        string? kind = null;
        var isMetadata = false;
        var metadataIndentation = -1;
        for (var i = first; i < Math.Min(text.LineCount, first + MostLines); i++)
        {
            var line = text.GetLine(i);
            var depth = line.Length - line.TrimStart(' ', '-').Length;
            if (line.StartsWith("---", StringComparison.Ordinal) || (i > first && line.Trim().Length > 0 && (depth < indentation || (depth == indentation && line.TrimStart().StartsWith("- ", StringComparison.Ordinal)))))
            {
                break;
            }

            var field = FieldOf(line);
            if (depth == indentation)
            {
                isMetadata = field == "metadata";
                metadataIndentation = -1;
                kind = field == "kind" ? ValueOf(line) : kind;
            }
            else if (isMetadata)
            {
                metadataIndentation = metadataIndentation < 0 ? depth : metadataIndentation;
                if (field == "name" && depth == metadataIndentation && ValueOf(line) is { Length: > 0 } name)
                {
                    return $"{kind ?? KindBelow(text, i, indentation)} {name}".Trim();
                }
            }
        }

        return null;
    }

    private static string? KindBelow(SourceText text, int start, int indentation)
    {
        for (var i = start; i < Math.Min(text.LineCount, start + MostLines); i++)
        {
            var line = text.GetLine(i);
            if (line.StartsWith("---", StringComparison.Ordinal))
            {
                return null;
            }

            if (line.Length - line.TrimStart(' ').Length == indentation && FieldOf(line) == "kind")
            {
                return ValueOf(line);
            }
        }

        return null;
    }

    private static string FieldOf(string line)
    {
        var trimmed = line.TrimStart(' ', '-');
        var colon = trimmed.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? "" : trimmed[..colon].Trim('"');
    }

    private static string ValueOf(string line) => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim().Trim('"', '\'');

    private static string Joined(SourceText text, ArtefactPlace place)
    {
        var words = AnswerText.OneLine(place.RestOfLine(text));
        for (var i = place.Line; words.Length < MostCharacters && i < text.LineCount && words.Count(c => c == '{') != words.Count(c => c == '}') && words.StartsWith('{'); i++)
        {
            words += " " + string.Join(' ', text.GetLine(i).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        }

        return words;
    }
}
