using System.Text;

namespace PolicyLang.Targets.Cloudflare.Reading;

/// <summary>
/// Evaluates the strings of Terraform's JSON syntax, every one of which is a template (Terraform, "JSON Configuration Syntax"). What only a run of
/// Terraform knows gives nothing.
/// </summary>
/// <param name="findList">The text that stands for the identifier of a list, by resource type and label.</param>
internal sealed class TerraformTemplate(Func<string, string, string?> findList)
{
    private const int MostDepth = 32;

    /// <summary>The value of a string, or nothing where only Terraform knows it.</summary>
    public string? Expand(string text)
    {
        if (text.Contains(TerraformReferences.Mark, StringComparison.Ordinal))
        {
            return null;
        }

        var at = 0;
        return text.AsSpan().IndexOfAny('$', '%') < 0 ? text : Template(text, ref at, isQuoted: false, MostDepth);
    }

    // In an expression a string ends at its quote and has escapes; at the top JSON has resolved both.
    private string? Template(string text, ref int at, bool isQuoted, int depth)
    {
        var result = new StringBuilder();
        while (at < text.Length)
        {
            var c = text[at];
            if (c is '$' or '%' && string.CompareOrdinal(text, at + 1, c == '$' ? "${" : "%{", 0, 2) == 0)
            {
                result.Append(c).Append('{');
                at += 3;
            }
            else if (c is '$' or '%' && at + 1 < text.Length && text[at + 1] == '{')
            {
                if (c == '%' || depth == 0)
                {
                    return null;
                }

                at += 2;
                if (Expression(text, ref at, depth - 1) is not { } value || !Take(text, ref at, '}'))
                {
                    return null;
                }

                result.Append(value);
            }
            else if (isQuoted && c == '"')
            {
                at++;
                return result.ToString();
            }
            else if (isQuoted && c == '\\')
            {
                if (at + 1 >= text.Length || Unescape(text[at + 1]) is not { } escaped)
                {
                    return null;
                }

                result.Append(escaped);
                at += 2;
            }
            else
            {
                result.Append(c);
                at++;
            }
        }

        return isQuoted ? null : result.ToString();
    }

    private static char? Unescape(char c) => c switch { 'n' => '\n', 'r' => '\r', 't' => '\t', '"' => '"', '\\' => '\\', _ => null };

    private string? Expression(string text, ref int at, int depth)
    {
        SkipSpace(text, ref at);
        if (depth == 0 || at >= text.Length)
        {
            return null;
        }

        if (text[at] == '"')
        {
            at++;
            return Template(text, ref at, isQuoted: true, depth);
        }

        var names = new List<string>();
        do
        {
            var start = at;
            while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '_' or '-'))
            {
                at++;
            }

            names.Add(text[start..at]);
        }
        while (at < text.Length && text[at] == '.' && ++at > 0);

        if (names.Count == 1)
        {
            return Take(text, ref at, '(') ? Call(names[0], text, ref at, depth) : null;
        }

        return names is [var type, var label, "id"] ? findList(type, label) : null;
    }

    private string? Call(string function, string text, ref int at, int depth)
    {
        var arguments = new List<string>();
        do
        {
            if (Expression(text, ref at, depth - 1) is not { } argument)
            {
                return null;
            }

            arguments.Add(argument);
        }
        while (Take(text, ref at, ','));

        if (!Take(text, ref at, ')'))
        {
            return null;
        }

        return function switch
        {
            "format" => Format(arguments),
            "replace" when arguments is [var value, { Length: > 0 } old, var replacement] && !IsPattern(old) => value.Replace(old, replacement, StringComparison.Ordinal),
            _ => null,
        };
    }

    private static bool IsPattern(string text) => text.Length > 1 && text[0] == '/' && text[^1] == '/';

    private static string? Format(List<string> arguments)
    {
        var result = new StringBuilder();
        var format = arguments[0];
        var next = 1;
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%')
            {
                result.Append(format[i]);
                continue;
            }

            i++;
            if (i < format.Length && format[i] == '%')
            {
                result.Append('%');
            }
            else if (i < format.Length && format[i] == 's' && next < arguments.Count)
            {
                result.Append(arguments[next++]);
            }
            else
            {
                return null;
            }
        }

        return next == arguments.Count ? result.ToString() : null;
    }

    private static bool Take(string text, ref int at, char c)
    {
        SkipSpace(text, ref at);
        if (at < text.Length && text[at] == c)
        {
            at++;
            return true;
        }

        return false;
    }

    private static void SkipSpace(string text, ref int at)
    {
        while (at < text.Length && text[at] is ' ' or '\t' or '\n' or '\r')
        {
            at++;
        }
    }
}
