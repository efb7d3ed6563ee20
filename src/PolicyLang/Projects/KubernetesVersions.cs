using System.Collections.Immutable;
using System.Globalization;

namespace PolicyLang.Projects;

/// <summary>The versions of Kubernetes that policyc knows.</summary>
public static class KubernetesVersions
{
    /// <summary>The least minor version.</summary>
    public const int LeastMinor = 20;

    /// <summary>The greatest minor version, and the default.</summary>
    public const int GreatestMinor = 36;

    /// <summary>The versions as they are written, oldest first: <c>1.20</c> to <c>1.36</c>.</summary>
    public static ImmutableArray<string> Texts { get; } =
        [.. Enumerable.Range(LeastMinor, GreatestMinor - LeastMinor + 1).Select(minor => string.Create(CultureInfo.InvariantCulture, $"1.{minor}"))];

    /// <summary>The minor version of a text such as <c>1.33</c>, or nothing when policyc does not know it.</summary>
    public static int? MinorOf(string version)
    {
        var index = Texts.IndexOf(version, StringComparer.Ordinal);
        return index < 0 ? null : LeastMinor + index;
    }
}
