using PolicyLang.Data;
using PolicyLang.Diagnostics;

namespace PolicyLang.Linting.Artefacts.Kubernetes;

/// <summary>Edits of manifests.</summary>
internal static class KubernetesEdits
{
    /// <summary>Takes an item out of a list, or an entry out of a block, together with what stands between it and its predecessor.</summary>
    /// <param name="before">What stands before it.</param>
    /// <param name="item">What is taken out.</param>
    /// <returns>The edit; nothing where more than punctuation would go, as behind an anchor or around a comment.</returns>
    public static TextEdit? Remove(SourceLocation before, SourceLocation item)
    {
        if (!ReferenceEquals(before.Source, item.Source) || before.Span.End > item.Span.Start)
        {
            return null;
        }

        foreach (var sign in before.Source.Text.AsSpan(before.Span.End, item.Span.Start - before.Span.End))
        {
            if (sign is not (' ' or '\t' or '\r' or '\n' or ',' or '-'))
            {
                return null;
            }
        }

        return new TextEdit(new SourceLocation(before.Source, TextSpan.Between(new TextSpan(before.Span.End, 0), item.Span)), "");
    }

    /// <summary>Writes another text for a value, in quotes where it has to be or was.</summary>
    public static TextEdit Replace(DataScalar scalar, string text)
        => new(scalar.Location, scalar.IsQuoted || text.Length == 0 || text[0] == '*' ? $"\"{text}\"" : text);
}
