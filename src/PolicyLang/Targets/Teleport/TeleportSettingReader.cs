using PolicyLang.Data;
using PolicyLang.Diagnostics;

namespace PolicyLang.Targets.Teleport;

/// <summary>Reads settings whose texts have a form that the schema cannot state.</summary>
internal sealed class TeleportSettingReader(string what, SettingBlock block, SourceLocation? location, DiagnosticBag diagnostics)
{
    private const int GitHubSecretLength = 40;

    public string What { get; } = what;

    public SettingBlock Block { get; } = block;

    public DiagnosticBag Diagnostics { get; } = diagnostics;

    public void Report(DiagnosticDescriptor descriptor, string setting, string message, string? help = null)
        => Diagnostics.Report(descriptor, Block.LocationOf(setting) ?? location, message, help);

    public string Text(string setting, string defaultText, Func<string, bool> isValid, string form)
    {
        var text = Block.GetText(setting, defaultText);
        if (!isValid(text))
        {
            Report(TeleportDiagnostics.Setting, setting, $"`{setting}` of {What} must be {form}, not `{text}`");
        }

        return text;
    }

    public string ClientId(string defaultText)
    {
        var id = Block.GetText(TeleportSettings.ClientId, defaultText);
        if (id.Length == GitHubSecretLength && id.All(char.IsAsciiHexDigit))
        {
            Report(TeleportDiagnostics.LiteralSecret, TeleportSettings.ClientId, $"`client_id` of {What} looks like a client secret", "GitHub shows the id and the secret beside each other; give the id, and replace the secret since it was written down");
        }
        else if (!IsVariable(id) && !IsAnglePlaceholder(id) && !TeleportNames.IsDelimited(id, "-_."))
        {
            Report(TeleportDiagnostics.Setting, TeleportSettings.ClientId, $"`client_id` of {What} must be an OAuth application's id or a placeholder such as `${{GITHUB_CLIENT_ID}}`");
        }

        return id;
    }

    public string ClientSecret(TeleportCapabilities capabilities, string defaultText)
    {
        var secret = Block.GetText(TeleportSettings.ClientSecret, defaultText);
        var isOperator = capabilities.Form == TeleportForm.Operator;
        if (IsLookup(secret))
        {
            if (!capabilities.HasSecretLookup)
            {
                // An older operator would take the reference itself for the secret.
                Report(
                    TeleportDiagnostics.Unsupported,
                    TeleportSettings.ClientSecret,
                    isOperator ? $"{capabilities} has an operator that looks up no secrets" : $"`tctl` does not look up `{secret}`",
                    "write a placeholder such as `${GITHUB_CLIENT_SECRET}` and fill it in when the files are applied");
            }
        }
        else if (!IsVariable(secret) && (isOperator || !IsAnglePlaceholder(secret)))
        {
            // The text is not repeated: it may be the secret.
            Report(
                TeleportDiagnostics.LiteralSecret,
                TeleportSettings.ClientSecret,
                $"`client_secret` of {What} must be a reference, and a credential must not stand in a project",
                isOperator ? "write `secret://name/key` or `${NAME}`" : "write `${NAME}` or `<name>` and fill it in when the files are applied");
        }

        return secret;
    }

    public string? Url(string setting)
    {
        if (Block.FindText(setting) is not { } text)
        {
            return null;
        }

        var withoutVariables = text.Text.Replace("${", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal);
        var isUrl = text.Text.StartsWith("https://", StringComparison.Ordinal) && withoutVariables.Length > "https://".Length
            && withoutVariables.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or ':' or '/' or '~' or '%' or '[' or ']');
        if (!isUrl)
        {
            Report(TeleportDiagnostics.Setting, setting, $"`{setting}` of {What} must be an address that begins with `https://` and holds no user name and no query");
        }

        return text.Text;
    }

    private static bool IsVariable(string text)
        => text.StartsWith("${", StringComparison.Ordinal) && text.EndsWith('}') && text.Length > 3
            && !char.IsAsciiDigit(text[2]) && text[2..^1].All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private static bool IsAnglePlaceholder(string text)
        => text.Length > 2 && text[0] == '<' && text[^1] == '>' && text[1..^1].All(c => char.IsAsciiLetter(c) || c is '-' or '_' or ' ');

    private static bool IsLookup(string text)
    {
        const string Scheme = "secret://";
        if (!text.StartsWith(Scheme, StringComparison.Ordinal))
        {
            return false;
        }

        var parts = text[Scheme.Length..].Split('/');
        return parts.Length == 2 && TeleportNames.IsDnsSubdomain(parts[0]) && TeleportNames.IsDelimited(parts[1], "-_.");
    }
}
