using System.Collections.Immutable;

namespace PolicyLang.Diagnostics;

/// <summary>A piece of text that stands instead of another.</summary>
/// <param name="Location">What is replaced; empty for an insertion.</param>
/// <param name="Text">What stands there then.</param>
public sealed record TextEdit(SourceLocation Location, string Text);

/// <summary>Edits that do what a diagnostic asks for. They do not overlap.</summary>
/// <param name="Title">What they do: lower case, no full stop: <c>remove the second rule</c>.</param>
/// <param name="IsSafe">Whether nobody's access changes by them.</param>
/// <param name="Edits">The edits.</param>
public sealed record SuggestedFix(string Title, bool IsSafe, ImmutableArray<TextEdit> Edits);
