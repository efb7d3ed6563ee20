namespace PolicyLang.Data;

/// <summary>How much data a file may hold, so that no file can exhaust memory or the stack.</summary>
/// <param name="Depth">The greatest number of blocks and lists inside each other.</param>
/// <param name="Nodes">The greatest number of values, blocks and lists together.</param>
internal sealed record DataLimits(int Depth, int Nodes)
{
    /// <summary>Far beyond any real project file or inventory.</summary>
    public static DataLimits Default { get; } = new(64, 2_000_000);
}
