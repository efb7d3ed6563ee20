using System.Text;

namespace PolicyLang.Tests.Outputs;

/// <summary>A folder that lives as long as a test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder() => Path = Directory.CreateTempSubdirectory("policyc-test-").FullName;

    public string Path { get; }

    public void Write(string path, string text)
    {
        var full = Full(path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full) ?? Path);
        File.WriteAllText(full, text);
    }

    public string Read(string path) => File.ReadAllText(Full(path));

    public bool Exists(string path) => File.Exists(Full(path));

    public string Full(string path) => System.IO.Path.Combine(Path, path);

    /// <summary>Every file with its content and every folder, sorted: two equal texts are two equal trees.</summary>
    public string Snapshot(string folder = "")
    {
        var root = Full(folder);
        if (!Directory.Exists(root))
        {
            return "(absent)";
        }

        var text = new StringBuilder();
        foreach (var entry in Directory.EnumerateFileSystemEntries(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            text.Append(System.IO.Path.GetRelativePath(root, entry)).Append(File.Exists(entry) ? "=" + File.ReadAllText(entry) : "/").Append('\n');
        }

        return text.ToString();
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
