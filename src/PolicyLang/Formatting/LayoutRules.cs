namespace PolicyLang.Formatting;

/// <summary>The numbers of the layout, as <c>docs/formatting.md</c> states them.</summary>
internal static class LayoutRules
{
    /// <summary>The greatest width of a line that is not broken.</summary>
    public const int Width = 100;

    /// <summary>How far the inside of braces and brackets, and a phrase on a line of its own, stand to the right.</summary>
    public const int Indent = 2;

    /// <summary>How far the items of a list without brackets, and the conditions of a broken expression, stand to the right of their sentence.</summary>
    public const int Continuation = 4;

    /// <summary>How many columns two cells may differ at most for the shorter one to be filled up to the longer one.</summary>
    public const int GreatestStep = 12;

    /// <summary>What stands between two entries on a line, and before a comment behind other text.</summary>
    public const string Gap = "  ";
}
