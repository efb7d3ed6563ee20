namespace PolicyLang.Projects.Outputs;

/// <summary>An output root on disk.</summary>
/// <param name="root">The full path of the root. It need not exist yet.</param>
public sealed class DiskOutputFileSystem(string root) : IOutputFileSystem
{
    // Flushing is waiting: a journaling file system commits what arrives together at once.
    private const int ConcurrentFlushes = 16;

    private readonly string _root = Path.GetFullPath(root);

    /// <inheritdoc/>
    public OutputEntryKind GetKind(string path)
    {
        var full = Full(path);
        if (path.Length == 0)
        {
            return Directory.Exists(full) ? OutputEntryKind.Folder : File.Exists(full) ? OutputEntryKind.File : OutputEntryKind.None;
        }

        // Asked this way, what does not exist is an answer and not an exception.
        var attributes = new FileInfo(full).Attributes;
        if (attributes == (FileAttributes)(-1))
        {
            return OutputEntryKind.None;
        }

        if (attributes.HasFlag(FileAttributes.ReparsePoint))
        {
            return OutputEntryKind.Other;
        }

        return attributes.HasFlag(FileAttributes.Directory) ? OutputEntryKind.Folder : OutputEntryKind.File;
    }

    /// <inheritdoc/>
    public byte[] ReadFile(string path)
    {
        // Opening a pipe or a device could block for ever; they say that they are empty.
        var full = Full(path);
        return new FileInfo(full).Length == 0 ? [] : File.ReadAllBytes(full);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> ListNames(string folder)
    {
        var names = Directory.EnumerateFileSystemEntries(Full(folder)).Select(entry => Path.GetFileName(entry)).ToList();
        names.Sort(StringComparer.Ordinal);
        return names;
    }

    /// <inheritdoc/>
    public void CreateFolder(string path) => Directory.CreateDirectory(Full(path));

    /// <inheritdoc/>
    public void WriteNewFile(string path, ReadOnlyMemory<byte> content)
    {
        using var handle = File.OpenHandle(Full(path), FileMode.CreateNew, FileAccess.Write, FileShare.None, FileOptions.None, content.Length);
        RandomAccess.Write(handle, content.Span, 0);
    }

    /// <inheritdoc/>
    public void Flush(IReadOnlyCollection<string> files)
    {
        try
        {
            Parallel.ForEach(files, new ParallelOptions { MaxDegreeOfParallelism = ConcurrentFlushes }, file =>
            {
                using var handle = File.OpenHandle(Full(file), FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
                RandomAccess.FlushToDisk(handle);
            });
        }
        catch (AggregateException exception) when (exception.InnerException is IOException or UnauthorizedAccessException)
        {
            throw new IOException(exception.InnerException.Message, exception.InnerException);
        }
    }

    /// <inheritdoc/>
    public void MoveFile(string source, string destination) => File.Move(Full(source), Full(destination), overwrite: true);

    /// <inheritdoc/>
    public void DeleteFile(string path)
    {
        try
        {
            File.Delete(Full(path));
        }
        catch (DirectoryNotFoundException)
        {
            // No folder, no file.
        }
    }

    /// <inheritdoc/>
    public void DeleteEmptyFolder(string path) => Directory.Delete(Full(path), recursive: false);

    /// <inheritdoc/>
    public IDisposable? TryLock(string path)
    {
        try
        {
            // With DeleteOnClose the runtime checks after locking that the locked file is still the one at the path, so that removing it is safe.
            return new FileStream(Full(path), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException exception) when (exception.GetType() == typeof(IOException) && IsSharingViolation(exception))
        {
            return null;
        }
    }

    // EWOULDBLOCK on Linux and macOS, ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION on Windows.
    private static bool IsSharingViolation(IOException exception)
        => OperatingSystem.IsWindows() ? (exception.HResult & 0xffff) is 32 or 33 : exception.HResult is 11 or 35;

    private string Full(string path) => path.Length == 0 ? _root : Path.Combine(_root, path.Replace('/', Path.DirectorySeparatorChar));
}
