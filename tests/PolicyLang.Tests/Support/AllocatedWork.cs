using System.Globalization;
using Xunit;

namespace PolicyLang.Tests.Support;

/// <summary>
/// Counts work by the bytes that it allocates, which are the same on every machine, however busy: code whose work is quadratic makes quadratically many
/// objects, strings or copies. It does not see loops that only look at what is there already.
/// </summary>
internal static class AllocatedWork
{
    private const int Times = 4;

    // Caches that fill once, and arrays that double, make growth uneven; four times the input in quadratic work is sixteen times the bytes.
    private const double GreatestGrowth = 7;
    private const long Floor = 64 * 1024;

    /// <summary>Asserts that four times the input takes about four times the work.</summary>
    /// <param name="size">The smaller input's size. It must be so large that quadratic work would outweigh all other.</param>
    /// <param name="prepare">Makes the work on an input of a size, which is not counted, and returns it.</param>
    public static void AssertGrowsWithTheInput(int size, Func<int, Action> prepare)
    {
        var (shorter, longer) = Measure(size, prepare);
        Assert.True(longer <= Floor + (GreatestGrowth * shorter), string.Create(CultureInfo.InvariantCulture, $"{shorter} bytes for {size}, {longer} for {Times * size}"));
    }

    /// <summary>Asserts that work ends at a limit, whatever follows behind it.</summary>
    /// <param name="size">The smaller input's size, beyond the limit.</param>
    /// <param name="prepare">Makes the work on an input of a size, which is not counted, and returns it.</param>
    public static void AssertEndsAtALimit(int size, Func<int, Action> prepare)
    {
        var (shorter, longer) = Measure(size, prepare);
        Assert.True(longer <= Floor + shorter, string.Create(CultureInfo.InvariantCulture, $"{shorter} bytes for {size}, {longer} for {Times * size}"));
    }

    private static (long Shorter, long Longer) Measure(int size, Func<int, Action> prepare)
    {
        // What is made on first use only belongs to neither.
        prepare(size)();
        return (AllocatedBy(prepare(size)), AllocatedBy(prepare(Times * size)));
    }

    private static long AllocatedBy(Action work)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        work();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
