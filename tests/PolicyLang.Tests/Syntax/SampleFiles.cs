namespace PolicyLang.Tests.Syntax;

/// <summary>The files beside the syntax tests, read from the source tree, so that a regenerated list lands where it is committed.</summary>
internal static class SampleFiles
{
    public static string Folder { get; } = System.IO.Path.Combine(FindRoot(), "tests", "PolicyLang.Tests", "Syntax");

    public static string Path(string name) => System.IO.Path.Combine(Folder, name);

    public static string Read(string name) => File.ReadAllText(Path(name));

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
