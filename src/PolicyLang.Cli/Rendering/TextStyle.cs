namespace PolicyLang.Cli.Rendering;

/// <summary>When to colour.</summary>
internal enum ColorMode
{
    /// <summary>On a terminal, unless <c>NO_COLOR</c> is set or <c>TERM</c> is <c>dumb</c>.</summary>
    Auto,

    /// <summary>Always.</summary>
    Always,

    /// <summary>Never.</summary>
    Never,
}

/// <summary>Colours text with ANSI escape sequences, or does not.</summary>
/// <param name="isEnabled">Whether to colour.</param>
internal sealed class TextStyle(bool isEnabled)
{
    /// <summary>Decides whether standard output is coloured. An option on the command line wins over <c>NO_COLOR</c> (https://no-color.org).</summary>
    public static TextStyle For(ColorMode mode, CliContext context) => new(mode switch
    {
        ColorMode.Always => true,
        ColorMode.Never => false,
        _ => context.OutputIsTerminal && string.IsNullOrEmpty(context.GetEnvironmentVariable("NO_COLOR"))
            && !string.Equals(context.GetEnvironmentVariable("TERM"), "dumb", StringComparison.Ordinal),
    });

    /// <summary>No colours.</summary>
    public static TextStyle Plain { get; } = new(false);

    /// <summary>An error.</summary>
    public string Error(string text) => Paint("1;31", text);

    /// <summary>A warning.</summary>
    public string Warning(string text) => Paint("1;33", text);

    /// <summary>A note or a hint.</summary>
    public string Note(string text) => Paint("1;36", text);

    /// <summary>What matters most in a line.</summary>
    public string Strong(string text) => Paint("1", text);

    /// <summary>Line numbers and rules.</summary>
    public string Faint(string text) => Paint("34", text);

    /// <summary>A line that is added.</summary>
    public string Added(string text) => Paint("32", text);

    /// <summary>A line that is removed.</summary>
    public string Removed(string text) => Paint("31", text);

    private string Paint(string code, string text) => isEnabled && text.Length > 0 ? $"\u001b[{code}m{text}\u001b[0m" : text;
}
