using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Linting.Artefacts.Terraform;
using PolicyLang.Reading;
using PolicyLang.Targets.Cloudflare.Reading;
using PolicyLang.Targets.Cloudflare.Reading.Expressions;

namespace PolicyLang.Linting.Artefacts.Cloudflare;

/// <summary>What is known of an expression.</summary>
internal enum GatewayPartState
{
    /// <summary>It is left out or empty, and so always holds.</summary>
    Empty,

    /// <summary>It is read; what Terraform fills in stands in it as holes.</summary>
    Read,

    /// <summary>Gateway's engine would refuse it, or it names what policyc does not know.</summary>
    Refused,

    /// <summary>Only Terraform knows it.</summary>
    Unknown,
}

/// <summary>One of the three expressions of a rule.</summary>
/// <param name="Entry">Where it stands; absent when it is left out.</param>
/// <param name="State">What is known of it.</param>
/// <param name="Text">Its text, where it is known.</param>
/// <param name="Filter">The expression, where it is read.</param>
/// <param name="Error">Why it is refused.</param>
internal sealed record GatewayPart(DataEntry? Entry, GatewayPartState State, TerraformText? Text = null, FilterNode? Filter = null, FilterError? Error = null)
{
    /// <summary>Whether nothing stands in it that only Terraform knows.</summary>
    public bool IsWhole => State is GatewayPartState.Empty || (State == GatewayPartState.Read && Text is { IsComputed: false });

    /// <summary>Where a piece of the expression stands, or the whole of it where the piece is not written like that.</summary>
    public SourceLocation Find(string piece)
        => Text is not null && piece.Length > 0 && Text.Text.IndexOf(piece, StringComparison.Ordinal) is >= 0 and var start ? Text.At(start, piece.Length) : Entry!.Value.Location;
}

/// <summary>A Gateway rule in Terraform or as the API gives it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Place">Where the name stands.</param>
/// <param name="Account">What rules of one account and one module have in common: one order goes over them.</param>
/// <param name="ResourceType">The type of its resource; absent for what the API gives.</param>
/// <param name="Body">What it says.</param>
internal sealed record LintedGatewayRule(string Name, SourceLocation Place, string Account, string? ResourceType, DataMap Body)
{
    /// <summary>The folder of its file.</summary>
    public string Folder { get; } = TerraformResources.ModuleOf(Place.Source.Path);

    /// <summary>What its traffic is: <c>l4</c>, <c>http</c>, <c>dns</c> and others; absent where it is not said and cannot be told.</summary>
    public string? Filter { get; init; }

    /// <summary>The filter as written.</summary>
    public DataNode? FilterNode { get; init; }

    /// <summary>What it does; absent where only Terraform knows it.</summary>
    public DataScalar? Action { get; init; }

    /// <summary>Whether it is in force.</summary>
    public Truth IsEnabled { get; init; }

    /// <summary>Whether it surely is there, once.</summary>
    public bool IsSure { get; init; }

    /// <summary>Its number as written; absent where it is not known.</summary>
    public long? Precedence { get; init; }

    /// <summary>The scale of the number.</summary>
    public PrecedenceScale Scale { get; init; }

    /// <summary>Which traffic.</summary>
    public required GatewayPart Traffic { get; init; }

    /// <summary>Whose.</summary>
    public required GatewayPart Identity { get; init; }

    /// <summary>From which devices.</summary>
    public required GatewayPart Posture { get; init; }

    /// <summary>Its three expressions.</summary>
    public IEnumerable<GatewayPart> Parts => [Traffic, Identity, Posture];

    /// <summary>Whether it lets network connections pass.</summary>
    public bool IsNetworkAllow => Filter == "l4" && Action is { Text: "allow" };

    /// <summary>Whether it ends network connections, or may.</summary>
    public bool IsNetworkBlock => Filter is "l4" or null && Action is { Text: "block" };

    /// <summary>Whether it asks nothing of who comes from which device.</summary>
    public bool IsForEverybody => Identity.State == GatewayPartState.Empty && Posture.State == GatewayPartState.Empty;

    /// <summary>Where an attribute stands, or else the name of the rule.</summary>
    public SourceLocation PlaceOf(string attribute) => Body.Find(attribute)?.Value.Location ?? Place;

    /// <summary>
    /// Whether it surely is for the same account as another rule, as far as anybody says: the same account is written out, or both are of one folder and
    /// nothing says that the accounts differ. What is not written out means something else in every folder.
    /// </summary>
    public bool IsOfSameAccount(LintedGatewayRule other) => AccountId is { } mine && other.AccountId is { } theirs ? mine == theirs : Folder == other.Folder;

    /// <summary>Whether it surely is for another account.</summary>
    public bool IsOfOtherAccount(LintedGatewayRule other) => AccountId is { } mine && other.AccountId is { } theirs && mine != theirs;

    private string? AccountId => (Body.Get("account_id") as DataScalar)?.Text;

    /// <summary>Whether it surely comes before another rule.</summary>
    public bool IsBefore(LintedGatewayRule other)
        => IsSure && other.IsSure && Account == other.Account && Scale == other.Scale && Precedence is { } mine && other.Precedence is { } theirs && mine < theirs;
}
