using System.Globalization;
using System.Text;

namespace PolicyLang.Targets.Cloudflare;

/// <summary>Text in Terraform's JSON syntax, where every string is a template.</summary>
internal static class TerraformText
{
    /// <summary>Spells a text so that Terraform evaluates to it and to nothing else: <c>${</c> and <c>%{</c> would start a template.</summary>
    public static string Literal(string text)
        => text.Replace("${", "$${", StringComparison.Ordinal).Replace("%{", "%%{", StringComparison.Ordinal);

    /// <summary>Whether a text is a single reference such as <c>${var.account_id}</c>, without functions, operators or strings.</summary>
    public static bool IsReference(string text)
    {
        if (!text.StartsWith("${", StringComparison.Ordinal) || !text.EndsWith('}'))
        {
            return false;
        }

        var names = text[2..^1].Split('.');
        return names.Length >= 2 && names.All(IsIdentifier);
    }

    /// <summary>A resource label from parts, which stays decodable: parts are joined by <c>__</c> and other characters become <c>_</c> and two hexadecimal digits.</summary>
    /// <param name="parts">The parts; the first starts with a letter, so that the label does.</param>
    public static string Label(params IEnumerable<string> parts) => string.Join("__", parts.Select(EscapeLabelPart));

    private static bool IsIdentifier(string name)
        => name.Length > 0 && (char.IsAsciiLetter(name[0]) || name[0] == '_') && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

    private static string EscapeLabelPart(string part)
    {
        if (part.All(IsPlain))
        {
            return part;
        }

        var label = new StringBuilder(part.Length * 2);
        foreach (var unit in Encoding.UTF8.GetBytes(part))
        {
            if (IsPlain((char)unit))
            {
                label.Append((char)unit);
            }
            else
            {
                label.Append('_').Append(unit.ToString("x2", CultureInfo.InvariantCulture));
            }
        }

        return label.ToString();
    }

    private static bool IsPlain(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-';
}
