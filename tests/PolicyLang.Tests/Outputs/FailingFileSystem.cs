using PolicyLang.Projects.Outputs;

namespace PolicyLang.Tests.Outputs;

/// <summary>The process died: nothing it would still do happens.</summary>
internal sealed class CrashException : Exception;

/// <summary>Fails at the n-th operation that changes something, once or for good.</summary>
internal sealed class FailingFileSystem(IOutputFileSystem inner, int failAt, bool crash) : IOutputFileSystem
{
    private int _operations;
    private bool _dead;

    /// <summary>Whether the failure happened.</summary>
    public bool HasFailed { get; private set; }

    public OutputEntryKind GetKind(string path)
    {
        ThrowWhenDead();
        return inner.GetKind(path);
    }

    public byte[] ReadFile(string path)
    {
        ThrowWhenDead();
        return inner.ReadFile(path);
    }

    public IReadOnlyList<string> ListNames(string folder)
    {
        ThrowWhenDead();
        return inner.ListNames(folder);
    }

    public void CreateFolder(string path) => Change(() => inner.CreateFolder(path));

    public void WriteNewFile(string path, ReadOnlyMemory<byte> content)
        => Change(() => inner.WriteNewFile(path, content), () => inner.WriteNewFile(path, content[..(content.Length / 2)]));

    public void Flush(IReadOnlyCollection<string> files) => Change(() => inner.Flush(files));

    public void MoveFile(string source, string destination) => Change(() => inner.MoveFile(source, destination));

    public void DeleteFile(string path) => Change(() => inner.DeleteFile(path));

    public void DeleteEmptyFolder(string path) => Change(() => inner.DeleteEmptyFolder(path));

    public IDisposable? TryLock(string path)
    {
        ThrowWhenDead();
        return inner.TryLock(path);
    }

    private void Change(Action action, Action? half = null)
    {
        ThrowWhenDead();
        if (++_operations == failAt)
        {
            HasFailed = true;
            half?.Invoke();
            if (crash)
            {
                _dead = true;
                throw new CrashException();
            }

            throw new IOException("No space left on device");
        }

        action();
    }

    private void ThrowWhenDead()
    {
        if (_dead)
        {
            throw new CrashException();
        }
    }
}
