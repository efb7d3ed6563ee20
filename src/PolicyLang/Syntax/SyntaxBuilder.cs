using System.Collections.Immutable;
using Antlr4.Runtime;
using Antlr4.Runtime.Tree;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Syntax.Mistakes;
using static PolicyLang.Syntax.Generated.PolicyParser;

namespace PolicyLang.Syntax;

/// <summary>Makes syntax records of the phrases that statements share: words, lists, selectors, rights and blocks.</summary>
internal sealed class SyntaxBuilder(SourceText source, DiagnosticBag diagnostics)
{
    /// <summary>Where a phrase stands.</summary>
    public SourceLocation Locate(ParserRuleContext context) => Locate(context.Start, context.Stop ?? context.Start);

    /// <summary>From the first to the last of two tokens.</summary>
    public SourceLocation Locate(IToken first, IToken last)
        => new(source, TextSpan.Between(PolicyTokens.SpanOf(first), PolicyTokens.SpanOf(last)));

    /// <summary>A word or a string.</summary>
    public WordSyntax Word(IToken token)
    {
        var location = Locate(token, token);
        if (token.Type != STRING)
        {
            return new WordSyntax(token.Text, false, location);
        }

        var text = StringLiterals.Resolve(token.Text, location, diagnostics);
        if (StrayTokens.MixedScripts(text, location) is { } mixed)
        {
            diagnostics.Report(mixed);
        }

        return new WordSyntax(text, true, location);
    }

    /// <summary>A word or a string.</summary>
    public WordSyntax Word(ITerminalNode node) => Word(node.Symbol);

    /// <summary>A phrase that is a single word or string.</summary>
    public WordSyntax Word(ParserRuleContext context) => Word(context.Start);

    /// <summary>Phrases that are single words or strings.</summary>
    public ImmutableArray<WordSyntax> Words(IReadOnlyList<ParserRuleContext> contexts)
    {
        var words = ImmutableArray.CreateBuilder<WordSyntax>(contexts.Count);
        foreach (var context in contexts)
        {
            words.Add(Word(context));
        }

        return words.MoveToImmutable();
    }

    /// <summary>A comma list of names.</summary>
    public ImmutableArray<WordSyntax> Names(NamesContext context) => Words(context.name());

    /// <summary>Verbs on resources.</summary>
    public RightsSyntax Rights(RightsContext context)
    {
        var names = context.objectNames() is { } objectNames ? [.. objectNames.STRING().Select(Word)] : ImmutableArray<WordSyntax>.Empty;
        return new RightsSyntax(Words(context.verbs().nativeWord()), Words(context.resources().resource()), names, Locate(context));
    }

    /// <summary>Some clusters.</summary>
    public ClusterSelectorSyntax Clusters(ClusterSelectorContext context)
    {
        var lists = context.names();
        var except = context.EXCEPT() is null ? [] : Names(lists[^1]);
        var isNamed = context.CLUSTERS() is null;
        return new ClusterSelectorSyntax(
            context.ALL() is not null,
            isNamed ? Names(lists[0]) : [],
            context.labelExpression() is { } where ? LabelExpression(where) : null,
            except,
            Locate(context));
    }

    /// <summary>Some namespaces.</summary>
    public NamespaceSelectorSyntax Namespaces(NamespaceSelectorContext context)
    {
        var where = context.labelExpression() is { } expression ? LabelExpression(expression) : null;
        RefuseWithPath(where);
        return new NamespaceSelectorSyntax(Words(context.@namespace()), where, Locate(context));
    }

    /// <summary>A block.</summary>
    public DataMap Block(BlockContext context)
    {
        var contexts = context.blockTail().entry();
        var entries = ImmutableArray.CreateBuilder<DataEntry>(contexts.Length);
        foreach (var entry in contexts)
        {
            var key = Word(entry.Start);
            entries.Add(new DataEntry(key.Text, key.Location, Value(entry.entryValue(), key)));
        }

        return new DataMap(entries.MoveToImmutable(), Locate(context));
    }

    // The grammar has one kind of label expression, but only clusters declare paths.
    private void RefuseWithPath(LabelExpressionSyntax? expression)
    {
        switch (expression)
        {
            case WithPathSyntax:
                diagnostics.Report(SyntaxDiagnostics.ClauseNotTaken, expression.Location, "`with PATH` asks for clusters; namespaces have no paths");
                break;
            case NotSyntax not:
                RefuseWithPath(not.Operand);
                break;
            case LabelJunctionSyntax junction:
                foreach (var operand in junction.Operands)
                {
                    RefuseWithPath(operand);
                }

                break;
        }
    }

    private DataNode Value(EntryValueContext? context, WordSyntax key)
    {
        if (context is null)
        {
            return new DataScalar("true", false, key.Location);
        }

        if (context.block() is { } block)
        {
            return Block(block);
        }

        var value = context.value();
        return value.LBRACKET() is null
            ? Scalar(value.scalar(0))
            : new DataList([.. value.scalar().Select(Scalar)], Locate(value));
    }

    private DataScalar Scalar(ScalarContext context)
    {
        var word = Word(context);
        return new DataScalar(word.Text, word.IsQuoted, word.Location);
    }

    private LabelExpressionSyntax LabelExpression(LabelExpressionContext context)
    {
        var terms = context.labelTerm();
        return terms.Length == 1
            ? LabelTerm(terms[0])
            : new LabelJunctionSyntax(context.OR().Length == 0, [.. terms.Select(LabelTerm)], Locate(context));
    }

    private LabelExpressionSyntax LabelTerm(LabelTermContext context)
    {
        if (context.NOT() is not null)
        {
            return new NotSyntax(LabelTerm(context.labelTerm()), Locate(context));
        }

        if (context.labelExpression() is { } inner)
        {
            return LabelExpression(inner);
        }

        if (context.HAS() is not null)
        {
            return new HasLabelSyntax(Word(context.label()), Locate(context));
        }

        if (context.WITH() is not null)
        {
            return new WithPathSyntax(Word(context.name()), Locate(context));
        }

        var test = context.labelTest();
        return new LabelComparisonSyntax(Word(context.label()), test.NOT_EQUALS() is not null, Words(test.labelValue()), Locate(context));
    }
}
