using System.Text;
using Antlr4.Runtime;
using Antlr4.Runtime.Atn;
using Antlr4.Runtime.Dfa;
using Antlr4.Runtime.Sharpen;
using PolicyLang.Diagnostics;
using PolicyLang.Syntax;
using PolicyLang.Syntax.Generated;
using PolicyLang.Tests.Support;
using Xunit;

namespace PolicyLang.Tests.Syntax;

public sealed class GrammarTests
{
    [Fact]
    public void No_text_can_be_read_in_two_ways()
    {
        foreach (var text in Texts())
        {
            var tokens = PolicyTokens.Read(new SourceText("ambiguity.policy", text), CancellationToken.None);
            foreach (var chunk in StatementChunks.Split(tokens))
            {
                var window = new TokenWindow(tokens);
                window.MoveTo(chunk.Start.Value, chunk.End.Value);
                var parser = new PolicyParser(window) { ErrorHandler = new FirstMistakeStrategy() };
                window.Seek(chunk.Start.Value);
                parser.RemoveErrorListeners();
                parser.AddErrorListener(new AmbiguityListener());
                parser.Interpreter.PredictionMode = PredictionMode.LL_EXACT_AMBIG_DETECTION;
                try
                {
                    parser.statements();
                }
                catch (Antlr4.Runtime.Misc.ParseCanceledException)
                {
                    // Texts with mistakes are read up to the first one.
                }
            }
        }
    }

    [Fact]
    public void The_word_lists_hold_every_keyword()
    {
        for (var type = PolicyParser.CLUSTERS; type < PolicyParser.WORD; type++)
        {
            var kinds = (LanguageWords.IsStatementWord(type) ? 1 : 0) + (LanguageWords.IsPhraseWord(type) ? 1 : 0) + (LanguageWords.IsLaterWord(type) ? 1 : 0);
            Assert.Equal(1, kinds);
            Assert.True(LanguageWords.IsLanguageWord(type));
        }

        // A block key may be any word: this is the rule `word`, which lists them by hand.
        var keys = Enumerable.Range(PolicyParser.CLUSTERS, PolicyParser.WORD - PolicyParser.CLUSTERS).Select(LanguageWords.TextOf).ToArray();
        var text = "cluster a { " + string.Join(' ', keys.Select(key => $"{key} = {key}")) + " }";
        var tree = SyntaxTree.Parse(new SourceText("keys.policy", text));
        Assert.Empty(tree.Diagnostics);
        Assert.Equal(keys, Assert.IsType<ClusterSyntax>(Assert.Single(tree.Statements)).Body.Entries.Select(entry => entry.Key));
    }

    [Fact]
    public void Work_on_rules_grows_with_their_number()
        => AllocatedWork.AssertGrowsWithTheInput(
            5_000,
            rules =>
            {
                var text = new StringBuilder();
                for (var i = 0; i < rules; i++)
                {
                    text.Append(System.Globalization.CultureInfo.InvariantCulture, $"allow team-{i}, sre as oncall on production except lab in payments, checkout via teleport when managed until 2026-12-31 because \"T-{i}\"\n");
                }

                var source = new SourceText("large.policy", text.ToString());
                return () =>
                {
                    var tree = SyntaxTree.Parse(source);
                    Assert.Equal(rules, tree.Statements.Length);
                    Assert.Empty(tree.Diagnostics);
                };
            });

    [Fact]
    public void Reading_can_be_stopped()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => SyntaxTree.Parse(new SourceText("stopped.policy", "default via tailscale"), stop.Token));
    }

    private static IEnumerable<string> Texts()
    {
        var sample = SampleFiles.Read("design-sample.policy");
        yield return sample;
        foreach (var mutation in PolicyMutations.DeleteEachToken(sample).Concat(PolicyMutations.SwapNeighbours(sample)))
        {
            yield return mutation.Text;
        }

        foreach (var path in Directory.GetFiles(SampleFiles.Path("Cases"), "*.policy"))
        {
            foreach (var body in File.ReadAllText(path).Split("=== "))
            {
                yield return AnnotatedSource.Strip("# " + body);
            }
        }
    }

    private sealed class AmbiguityListener : BaseErrorListener
    {
        public override void ReportAmbiguity(Parser recognizer, DFA dfa, int startIndex, int stopIndex, bool exact, BitSet ambigAlts, ATNConfigSet configs)
            => Assert.Fail($"rule `{recognizer.RuleNames[recognizer.Atn.GetDecisionState(dfa.decision).ruleIndex]}` reads tokens {startIndex} to {stopIndex} in two ways");
    }
}
