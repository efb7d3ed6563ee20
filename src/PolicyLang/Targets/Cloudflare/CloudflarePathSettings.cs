using System.Globalization;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics;

namespace PolicyLang.Targets.Cloudflare;

/// <summary>What a path instance says, checked.</summary>
/// <param name="Path">The path instance.</param>
/// <param name="Account">The account: an identifier or a Terraform reference.</param>
/// <param name="ProviderMajorVersion">The major version of the Terraform provider, 4 or 5.</param>
/// <param name="WritesApi">Whether bodies for the API are written.</param>
/// <param name="WritesTerraform">Whether Terraform JSON is written.</param>
/// <param name="OutputFolder">The folder of the files, with a slash at its end.</param>
/// <param name="GroupField">The field that groups are compared with.</param>
/// <param name="Precedence">The bands of precedences.</param>
/// <param name="SessionDuration">How recent a login must be, as the API stores it; nothing for no check.</param>
/// <param name="BlockMessage">What people see whose connection was refused; nothing for no message.</param>
internal sealed record CloudflarePathSettings(
    AccessPath Path,
    string Account,
    int ProviderMajorVersion,
    bool WritesApi,
    bool WritesTerraform,
    string OutputFolder,
    GatewayField GroupField,
    PrecedenceLayout Precedence,
    string? SessionDuration,
    string? BlockMessage)
{
    /// <summary>The reference that stands for the account where none is given.</summary>
    public const string DefaultAccount = "${var.account_id}";

    /// <summary>Reads the settings of a path; whatever is wrong is reported and replaced by its default.</summary>
    public static CloudflarePathSettings Read(AccessPath path, DiagnosticBag diagnostics)
    {
        var settings = path.Settings;
        var forms = settings.GetList("forms");
        var precedence = settings.FindBlock("precedence");
        var isNameOfGroup = string.Equals(settings.GetText("groups_by", "name"), "name", StringComparison.Ordinal);
        return new CloudflarePathSettings(
            path,
            ReadAccount(path, diagnostics),
            string.Equals(settings.GetText("provider", "5"), "4", StringComparison.Ordinal) ? 4 : 5,
            WritesApi: forms.IsEmpty || forms.Any(f => string.Equals(f.Text, "api", StringComparison.Ordinal)),
            WritesTerraform: forms.IsEmpty || forms.Any(f => string.Equals(f.Text, "terraform", StringComparison.Ordinal)),
            ReadOutputFolder(path, diagnostics),
            isNameOfGroup ? GatewayField.GroupNames : GatewayField.GroupIds,
            precedence is null ? PrecedenceLayout.Default : ReadPrecedence(path, precedence, diagnostics),
            ReadDuration(path, diagnostics),
            ReadMessage(path, diagnostics));
    }

    private static string ReadAccount(AccessPath path, DiagnosticBag diagnostics)
    {
        var account = path.Settings.FindText("account");
        if (account is null || CloudflareId.IsAccountId(account.Text) || TerraformText.IsReference(account.Text))
        {
            return account?.Text ?? DefaultAccount;
        }

        diagnostics.Report(
            CloudflareDiagnostics.InvalidAccount,
            account.Location,
            $"`account` of path `{path.Name}` is neither an account identifier nor a reference: `{account.Text}`",
            "write the 32 hexadecimal digits of the account, or a reference such as `${var.account_id}`");
        return DefaultAccount;
    }

    private static PrecedenceLayout ReadPrecedence(AccessPath path, SettingBlock range, DiagnosticBag diagnostics)
    {
        if (!range.Has("from") || !range.Has("to"))
        {
            return PrecedenceLayout.Default; // said already
        }

        var (from, to) = (range.GetInteger("from", 0), range.GetInteger("to", 0));
        if (PrecedenceLayout.TryCreate(from, to) is { } layout)
        {
            return layout;
        }

        diagnostics.Report(
            CloudflareDiagnostics.InvalidPrecedence,
            path.Settings.LocationOf("precedence"),
            string.Create(CultureInfo.InvariantCulture, $"`precedence` of path `{path.Name}` must span at least {PrecedenceLayout.FewestThousands} whole thousands, and {from} to {to} does not"),
            "leave it out for 1000000 to 9999999");
        return PrecedenceLayout.Default;
    }

    private static string? ReadDuration(AccessPath path, DiagnosticBag diagnostics)
    {
        if (path.Settings.FindText("check_session") is not { } duration)
        {
            return null;
        }

        if (GoDuration.TryNormalize(duration.Text, out var canonical))
        {
            return canonical;
        }

        diagnostics.Report(
            CloudflareDiagnostics.InvalidDuration,
            duration.Location,
            $"`check_session` of path `{path.Name}` is no duration: `{duration.Text}`",
            "write hours, minutes and seconds in this order, such as `12h` or `1h30m`");
        return null;
    }

    private static string? ReadMessage(AccessPath path, DiagnosticBag diagnostics)
    {
        if (path.Settings.FindText("notify") is not { } message)
        {
            return null;
        }

        if (GatewayExpressionText.WhyNotText(message.Text) is null)
        {
            return message.Text;
        }

        diagnostics.Report(CloudflareDiagnostics.InvalidMessage, message.Location, $"`notify` of path `{path.Name}` must be one line of text", "leave it out for no message");
        return null;
    }

    private static string ReadOutputFolder(AccessPath path, DiagnosticBag diagnostics)
    {
        var output = path.Settings.FindText("output");
        var folder = (output?.Text ?? path.Name).TrimEnd('/');
        var isRelative = folder.Length > 0
            && folder.Split('/').All(part => part.Length > 0 && part is not ("." or "..") && !part.Any(c => char.IsControl(c) || c is '\\' or ':' or '{' or '}'));
        if (isRelative)
        {
            return folder + "/";
        }

        diagnostics.Report(
            CloudflareDiagnostics.InvalidOutput,
            output?.Location ?? path.Location,
            $"`output` of path `{path.Name}` must be a folder below the output root, not `{output?.Text}`",
            "write a relative path with forward slashes, such as `cloudflare/`");
        return path.Name + "/";
    }
}
