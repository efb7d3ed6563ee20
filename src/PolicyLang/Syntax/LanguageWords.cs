using System.Collections.Immutable;
using PolicyLang.Syntax.Generated;

namespace PolicyLang.Syntax;

/// <summary>The words of the language by what they do, as the grammar orders them.</summary>
internal static class LanguageWords
{
    /// <summary>The words that begin a statement, in the grammar's order.</summary>
    public static ImmutableArray<string> StatementWords { get; } = TextsOf(PolicyParser.CLUSTERS, PolicyParser.TEST);

    /// <summary>Whether a token is a word that begins a statement.</summary>
    public static bool IsStatementWord(int type) => type is >= PolicyParser.CLUSTERS and <= PolicyParser.TEST;

    /// <summary>Whether a token is a word that carries a sentence on.</summary>
    public static bool IsPhraseWord(int type) => type is >= PolicyParser.AS and <= PolicyParser.CLUSTER_WIDE;

    /// <summary>Whether a token is a word that a later version will use.</summary>
    public static bool IsLaterWord(int type) => type is >= PolicyParser.WITHIN and <= PolicyParser.APPROVED;

    /// <summary>Whether a token is a word of the language.</summary>
    public static bool IsLanguageWord(int type) => type is >= PolicyParser.CLUSTERS and <= PolicyParser.APPROVED;

    /// <summary>The text of a word of the language or of a sign.</summary>
    public static string TextOf(int type) => PolicyParser.DefaultVocabulary.GetLiteralName(type)?.Trim('\'') ?? "";

    private static ImmutableArray<string> TextsOf(int first, int last) => [.. Enumerable.Range(first, last - first + 1).Select(TextOf)];
}
