namespace PolicyLang.Reading;

/// <summary>What is known of a statement. A reader that meets a construct it does not understand says <see cref="Unknown"/>, never a guess.</summary>
public enum Truth
{
    /// <summary>It does not hold.</summary>
    False,

    /// <summary>It may or may not hold. It counts as access when the question is whether somebody is kept out, and as none when the question is whether somebody gets in.</summary>
    Unknown,

    /// <summary>It holds.</summary>
    True,
}

/// <summary>Kleene's logic of three values.</summary>
public static class TruthLogic
{
    /// <summary>Both hold.</summary>
    public static Truth And(this Truth a, Truth b) => a < b ? a : b;

    /// <summary>One of them holds.</summary>
    public static Truth Or(this Truth a, Truth b) => a > b ? a : b;

    /// <summary>It does not hold.</summary>
    public static Truth Not(this Truth a) => a switch { Truth.True => Truth.False, Truth.False => Truth.True, _ => Truth.Unknown };

    /// <summary>A statement that is known for sure.</summary>
    public static Truth ToTruth(this bool value) => value ? Truth.True : Truth.False;
}
