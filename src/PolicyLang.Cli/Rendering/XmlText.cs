using System.Globalization;
using System.Net;

namespace PolicyLang.Cli.Rendering;

/// <summary>Pieces of JUnit XML.</summary>
internal static class XmlText
{
    /// <summary>The attributes of a suite that say how many cases it has.</summary>
    public static string Counts(int tests, int failures) => Attribute("tests", tests.ToString(CultureInfo.InvariantCulture)) + Attribute("failures", failures.ToString(CultureInfo.InvariantCulture));

    /// <summary>An attribute with the blank before it.</summary>
    public static string Attribute(string name, string value) => $" {name}=\"{Escape(value)}\"";

    /// <summary>Text for XML. Controls, which it cannot hold, are written as on a terminal.</summary>
    public static string Escape(string text) => WebUtility.HtmlEncode(TerminalText.Escape(text));
}
