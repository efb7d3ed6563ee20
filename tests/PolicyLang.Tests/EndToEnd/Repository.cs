using PolicyLang.Tests.Targets.Teleport;

namespace PolicyLang.Tests.EndToEnd;

/// <summary>The files of the source tree, so that regenerated ones land where they are committed.</summary>
internal static class Repository
{
    public static string Root => TeleportDocuments.Root;

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    public static string Read(params string[] parts) => File.ReadAllText(Path(parts));
}
