namespace PolicyLang.Targets.Cloudflare;

/// <summary>
/// Where rules of each kind stand in an account: first all allow rules, then all block rules, then the Do Not Inspect rules.
/// A rule's number is a hash of its name, so that no other rule moves it, and it is the number in the account whatever version of the provider sends it.
/// </summary>
/// <param name="Allows">Where allow rules stand.</param>
/// <param name="Blocks">Where block rules stand, behind all allow rules.</param>
/// <param name="NoInspects">Where Do Not Inspect rules stand.</param>
internal sealed record PrecedenceLayout(PrecedenceBand Allows, PrecedenceBand Blocks, PrecedenceBand NoInspects)
{
    /// <summary>The least precedence that a range may hold.</summary>
    public const long Least = 1_000;

    /// <summary>
    /// The greatest precedence that a range may hold. Beyond it, moving from version 4 of the provider to version 5 would divide
    /// the number in the state by a thousand (terraform-provider-cloudflare, state upgrade of zero_trust_gateway_policy).
    /// </summary>
    public const long Greatest = 9_999_999;

    /// <summary>The fewest whole thousands that a range must span.</summary>
    public const int FewestThousands = 100;

    private const long DefaultLeast = 1_000_000;

    /// <summary>The layout of a path that gives no range: high numbers, so that rules which the API numbers by itself come last.</summary>
    public static PrecedenceLayout Default { get; } = TryCreate(DefaultLeast, Greatest) ?? throw new InvalidOperationException();

    /// <summary>Divides a range: three fifths for allow rules, one for block rules, one for Do Not Inspect rules. Nothing when it is too small.</summary>
    /// <param name="from">The least precedence.</param>
    /// <param name="to">The greatest precedence.</param>
    public static PrecedenceLayout? TryCreate(long from, long to)
    {
        if (from < Least || to > Greatest)
        {
            return null;
        }

        var first = (int)((from + PrecedenceBand.Step - 1) / PrecedenceBand.Step);
        var thousands = (int)((to + 1) / PrecedenceBand.Step) - first;
        if (thousands < FewestThousands)
        {
            return null;
        }

        var fifth = thousands / 5;
        var allows = thousands - (2 * fifth);
        return new PrecedenceLayout(new(first, allows), new(first + allows, fifth), new(first + allows + fifth, fifth));
    }

    /// <summary>The band for an action.</summary>
    public PrecedenceBand this[GatewayAction action] => action switch
    {
        GatewayAction.Allow => Allows,
        GatewayAction.Block => Blocks,
        _ => NoInspects,
    };
}

/// <summary>A range of precedences that begins and ends at a multiple of a thousand.</summary>
/// <param name="FirstThousand">The first precedence divided by a thousand.</param>
/// <param name="Thousands">The number of thousands.</param>
internal sealed record PrecedenceBand(int FirstThousand, int Thousands)
{
    /// <summary>What version 4 of the provider multiplies a precedence with before it adds the rest of the name's CRC-32.</summary>
    public const int Step = 1000;

    /// <summary>The number of a rule in the account.</summary>
    /// <param name="name">The name of the rule.</param>
    /// <param name="slot">What the cluster mixes in to avoid another rule's number.</param>
    public int NumberOf(string name, int slot)
    {
        var hash = StableHash.Fnv1a64(slot == 0 ? name : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name}#{slot}"));
        var thousand = FirstThousand + (int)(hash % (ulong)Thousands);
        return (thousand * Step) + (int)(StableHash.Crc32(name) % Step);
    }
}
