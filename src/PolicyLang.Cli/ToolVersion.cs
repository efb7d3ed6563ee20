namespace PolicyLang.Cli;

/// <summary>The version of policyc. A constant, because <c>policyc --version</c> must cost nothing; a test compares it with the assembly's.</summary>
internal static class ToolVersion
{
    /// <summary>The version alone.</summary>
    public const string Number = "0.1.0";

    /// <summary>What <c>policyc --version</c> prints.</summary>
    public static ReadOnlySpan<byte> Line => "policyc 0.1.0\n"u8;
}
