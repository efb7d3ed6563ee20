using System.Text;

namespace PolicyLang.Targets.Tailscale.HuJson;

/// <summary>Turns HuJSON into JSON.</summary>
public static class HuJsonStandard
{
    /// <summary>
    /// The same data as JSON (RFC 8259): comments and trailing commas become spaces, so that lines and columns stay where they are.
    /// </summary>
    public static string ToJson(HuJsonValue value)
    {
        var text = new StringBuilder();
        Write(text, value);
        return text.ToString();
    }

    private static void Write(StringBuilder text, HuJsonValue value)
    {
        WriteTrivia(text, value.Before);
        switch (value.Body)
        {
            case HuJsonLiteral literal:
                text.Append(literal.Raw);
                break;
            case HuJsonObject @object:
                text.Append('{');
                for (var i = 0; i < @object.Count; i++)
                {
                    Write(text, @object.Members[i].Name);
                    text.Append(':');
                    Write(text, @object.Members[i].Value);
                    WriteComma(text, @object, i);
                }

                WriteTrivia(text, @object.Closing);
                text.Append('}');
                break;
            case HuJsonArray array:
                text.Append('[');
                for (var i = 0; i < array.Count; i++)
                {
                    Write(text, array.Items[i]);
                    WriteComma(text, array, i);
                }

                WriteTrivia(text, array.Closing);
                text.Append(']');
                break;
        }

        WriteTrivia(text, value.After);
    }

    private static void WriteComma(StringBuilder text, HuJsonComposite composite, int index)
        => text.Append(index < composite.Count - 1 ? "," : composite.HasTrailingComma ? " " : "");

    private static void WriteTrivia(StringBuilder text, string trivia)
    {
        var rest = trivia.AsSpan();
        while (rest.Length > 0)
        {
            var length = HuJsonTrivia.CommentLength(rest);
            if (length <= 0)
            {
                text.Append(rest[0]);
                rest = rest[1..];
                continue;
            }

            foreach (var c in rest[..length])
            {
                text.Append(HuJsonTrivia.IsSpace(c) ? c : ' ');
            }

            rest = rest[length..];
        }
    }
}
