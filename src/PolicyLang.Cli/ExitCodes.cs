namespace PolicyLang.Cli;

/// <summary>The exit statuses of policyc.</summary>
internal static class ExitCodes
{
    /// <summary>Everything is fine.</summary>
    public const int Fine = 0;

    /// <summary>Something about the policy or its outputs is wrong, and the findings say what.</summary>
    public const int Findings = 1;

    /// <summary>Wrong usage, input that cannot be read, outputs that cannot be written, or a defect of policyc.</summary>
    public const int Failure = 2;

    /// <summary>Stopped by Ctrl-C: 128 and the number of the signal, as shells have it.</summary>
    public const int Interrupted = 130;
}
