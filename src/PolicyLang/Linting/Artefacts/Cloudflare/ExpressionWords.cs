namespace PolicyLang.Linting.Artefacts.Cloudflare;

/// <summary>A word, a sign or a text of an expression, for rules about how it is written.</summary>
/// <param name="Start">Where it starts.</param>
/// <param name="Text">It as written.</param>
/// <param name="Depth">How many parentheses are open around it.</param>
/// <param name="Group">Which pair of parentheses is the innermost around it.</param>
/// <param name="IsInSet">Whether it stands between braces.</param>
internal readonly record struct ExpressionWord(int Start, string Text, int Depth, int Group, bool IsInSet);

/// <summary>Takes expressions apart into words.</summary>
internal static class ExpressionWords
{
    /// <summary>The words of an expression: names, numbers and addresses, texts in quotes, and every other sign by itself.</summary>
    public static List<ExpressionWord> Of(string text)
    {
        var words = new List<ExpressionWord>();
        var groups = new Stack<int>();
        var lastGroup = 0;
        var isInSet = false;
        groups.Push(0);
        for (var i = 0; i < text.Length;)
        {
            var start = i;
            var c = text[i];
            if (char.IsWhiteSpace(c))
            {
                i++;
                continue;
            }

            if (c == '"')
            {
                i++;
                while (i < text.Length && text[i] != '"')
                {
                    i += text[i] == '\\' ? 2 : 1;
                }

                i = Math.Min(i + 1, text.Length);
            }
            else if (IsWordPart(c) || c == '$')
            {
                i++;
                while (i < text.Length && IsWordPart(text[i]))
                {
                    i++;
                }
            }
            else
            {
                i++;
                isInSet = c == '{' || (isInSet && c != '}');
                if (c == '(')
                {
                    groups.Push(++lastGroup);
                }
                else if (c == ')' && groups.Count > 1)
                {
                    groups.Pop();
                }
            }

            words.Add(new ExpressionWord(start, text[start..i], groups.Count - 1, groups.Peek(), isInSet));
        }

        return words;
    }

    private static bool IsWordPart(char c) => char.IsLetterOrDigit(c) || c is '_' or '.' or ':' or '/' or '-' or Terraform.TerraformText.Hole;
}
