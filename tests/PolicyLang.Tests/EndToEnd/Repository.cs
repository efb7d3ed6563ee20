namespace PolicyLang.Tests.EndToEnd;

/// <summary>The files of the source tree, so that regenerated ones land where they are committed.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    public static string Read(params string[] parts) => File.ReadAllText(Path(parts));

    /// <summary>Whether committed expectations are to be written anew instead of compared.</summary>
    public static bool UpdatesExpectations => Environment.GetEnvironmentVariable("POLICYC_UPDATE_GOLDEN") == "1";

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "PolicyLang.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("the tests run inside the source tree");
    }
}
