using System.Globalization;

namespace PolicyLang.Targets.Teleport;

/// <summary>A Teleport version as people write it; the parts that are left out stand for every release of that line.</summary>
/// <param name="Major">The major number.</param>
/// <param name="Minor">The minor number, or nothing.</param>
/// <param name="Patch">The patch number, or nothing.</param>
internal readonly record struct TeleportVersion(int Major, int? Minor = null, int? Patch = null)
{
    /// <summary>Reads <c>18</c>, <c>18.2</c> or <c>18.2.1</c>.</summary>
    public static bool TryParse(string text, out TeleportVersion version)
    {
        version = default;
        var parts = text.Split('.');
        if (parts.Length > 3)
        {
            return false;
        }

        Span<int> numbers = [0, 0, 0];
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i].Length is 0 or > 4 || !int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]))
            {
                return false;
            }
        }

        version = new TeleportVersion(numbers[0], parts.Length > 1 ? numbers[1] : null, parts.Length > 2 ? numbers[2] : null);
        return true;
    }

    /// <summary>Whether every release that the text stands for is at least this one. Asked where an older release would widen access.</summary>
    public bool IsSurelyAtLeast(int major, int minor = 0, int patch = 0) => Compare(0, major, minor, patch) >= 0;

    /// <summary>Whether some release that the text stands for is at least this one. Asked where an older release refuses what it does not know.</summary>
    public bool MayBeAtLeast(int major, int minor = 0, int patch = 0) => Compare(int.MaxValue, major, minor, patch) >= 0;

    /// <summary>Whether every release that the text stands for is newer than every release of the other.</summary>
    public bool IsSurelyNewerThan(TeleportVersion other)
        => Compare(0, other.Major, other.Minor ?? int.MaxValue, other.Patch ?? int.MaxValue) > 0;

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = Major.ToString(CultureInfo.InvariantCulture);
        text += Minor is { } minor ? "." + minor.ToString(CultureInfo.InvariantCulture) : "";
        return text + (Patch is { } patch ? "." + patch.ToString(CultureInfo.InvariantCulture) : "");
    }

    private int Compare(int missing, int major, int minor, int patch)
    {
        var byMajor = Major.CompareTo(major);
        if (byMajor != 0)
        {
            return byMajor;
        }

        var byMinor = (Minor ?? missing).CompareTo(minor);
        return byMinor != 0 ? byMinor : (Patch ?? missing).CompareTo(patch);
    }
}
