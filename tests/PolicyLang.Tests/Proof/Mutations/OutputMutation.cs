namespace PolicyLang.Tests.Proof.Mutations;

/// <summary>An edit of a committed output that makes a known trap of its system real, and what the proof must say of it.</summary>
/// <param name="Trap">The trap, by its number and name in the notes on the system.</param>
/// <param name="Example">The example whose output is edited.</param>
/// <param name="File">The output.</param>
/// <param name="Edit">The edit in words.</param>
/// <param name="After">A text behind whose first occurrence the edit stands; empty for the whole file.</param>
/// <param name="Old">The text that is replaced where it first stands.</param>
/// <param name="New">What stands there then.</param>
/// <param name="Expected">What the proof must say.</param>
internal sealed record OutputMutation(string Trap, string Example, string File, string Edit, string After, string Old, string New, Expectation Expected)
{
    /// <summary>The file's text after the edit; nothing where the place of the edit is not there.</summary>
    public string? Apply(string text)
    {
        var from = text.IndexOf(After, StringComparison.Ordinal);
        var at = from < 0 ? -1 : text.IndexOf(Old, from, StringComparison.Ordinal);
        return at < 0 ? null : string.Concat(text.AsSpan(0, at), New, text.AsSpan(at + Old.Length));
    }
}
