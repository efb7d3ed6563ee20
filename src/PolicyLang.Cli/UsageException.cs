namespace PolicyLang.Cli;

/// <summary>The command line asks for something that cannot be done: exit status 2.</summary>
internal sealed class UsageException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong, as a diagnostic says it.</param>
    /// <param name="help">What to do, or nothing.</param>
    public UsageException(string message, string? help = null)
        : base(message) => Help = help;

    /// <summary>What to do, or nothing.</summary>
    public string? Help { get; }
}
