using System.Buffers;
using PolicyLang.Data;

namespace PolicyLang.Targets.Teleport.Reading;

/// <summary>What a value without quotes is to a server that reads YAML 1.1, as Go's parser does.</summary>
internal static class PlainScalar
{
    private static readonly SearchValues<char> s_dateCharacters = SearchValues.Create("0123456789-:.TtZz +");

    /// <summary>The kind of a plain value, and its truth where it is a flag.</summary>
    public static (NodeKind Kind, bool Flag) Classify(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => (NodeKind.Null, false),
        "y" or "Y" or "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" or "on" or "On" or "ON" => (NodeKind.Flag, true),
        "n" or "N" or "no" or "No" or "NO" or "false" or "False" or "FALSE" or "off" or "Off" or "OFF" => (NodeKind.Flag, false),
        "<<" => (NodeKind.Doubtful, false),
        _ when IsDecimal(text) => (NodeKind.Number, false),
        _ when PlainScalars.ProblemOf(text) is not null || IsDate(text) => (NodeKind.Doubtful, false),
        _ => (NodeKind.Text, false),
    };

    private static bool IsDecimal(string text)
    {
        var digits = text[0] == '-' ? text.AsSpan(1) : text;
        var point = digits.IndexOf('.');
        var whole = point < 0 ? digits : digits[..point];
        var fraction = point < 0 ? "0" : digits[(point + 1)..];
        return !whole.IsEmpty && !fraction.IsEmpty
            && !whole.ContainsAnyExceptInRange('0', '9') && !fraction.ContainsAnyExceptInRange('0', '9')
            && (whole.Length == 1 || whole[0] != '0');
    }

    private static bool IsDate(string text)
        => text.Length >= 8 && text[4] == '-' && !text.AsSpan(0, 4).ContainsAnyExceptInRange('0', '9') && !text.AsSpan().ContainsAnyExcept(s_dateCharacters);
}
