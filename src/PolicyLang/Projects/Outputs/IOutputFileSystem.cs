namespace PolicyLang.Projects.Outputs;

/// <summary>What stands at a path. Symbolic links are not followed.</summary>
public enum OutputEntryKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A regular file.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A symbolic link, a junction, or anything else that is neither a regular file nor a folder.</summary>
    Other,
}

/// <summary>
/// The file operations that the output store needs, all inside one output root. Paths are relative to the root with forward slashes; the empty path is the root itself.
/// Every operation may throw <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>.
/// </summary>
public interface IOutputFileSystem
{
    /// <summary>What stands at a path. The root itself may be a symbolic link to a folder; nothing below it is followed.</summary>
    OutputEntryKind GetKind(string path);

    /// <summary>Reads a whole file.</summary>
    byte[] ReadFile(string path);

    /// <summary>The names of a folder's entries, in ordinal order.</summary>
    IReadOnlyList<string> ListNames(string folder);

    /// <summary>Creates a folder whose parent exists; for the root also its parents. Fine when it exists already.</summary>
    void CreateFolder(string path);

    /// <summary>Writes a file that must not exist yet.</summary>
    void WriteNewFile(string path, ReadOnlyMemory<byte> content);

    /// <summary>Makes the content of files outlast a power failure.</summary>
    void Flush(IReadOnlyCollection<string> files);

    /// <summary>Renames a file, replacing the destination in one step. Both are on one volume.</summary>
    void MoveFile(string source, string destination);

    /// <summary>Deletes a file; fine when there is none.</summary>
    void DeleteFile(string path);

    /// <summary>Deletes a folder that is empty.</summary>
    void DeleteEmptyFolder(string path);

    /// <summary>Takes a lock that no other process and no other holder in this process has, or returns nothing when somebody has it. Disposing releases it and removes the file.</summary>
    IDisposable? TryLock(string path);
}
