using CsCheck;
using PolicyLang.Diagnostics;
using PolicyLang.Syntax;
using PolicyLang.Tests.Support;
using Xunit;

namespace PolicyLang.Tests.Syntax;

public sealed class HostileTextTests
{
    private const int Many = 100_000;

    private static readonly string[] Pieces =
    [
        "clusters", "namespaces", "default", "cluster", "fleet", "user", "group", "posture", "role", "allow", "never", "only", "assume", "test",
        "as", "on", "in", "via", "when", "until", "because", "from", "where", "and", "or", "not", "has", "with", "except", "all", "can", "cannot", "reach",
        "anyone", "disjoint", "expect", "include", "named", "clusterrole", "cluster-wide", "within", "sre", "prod", "*", "2026-12-31", "\"x\"", "\"", "'y'",
        "{", "}", "[", "]", "(", ")", ",", "=", "!=", "==", ":", ";", "//", "/x", "-", "---", "->", "&&", "||", "$", "${v}", "größe", "#", "\n", "\n", "\n",
    ];

    [Theory]
    [InlineData('\0', "U+0000")]
    [InlineData('\u0007', "U+0007")]
    [InlineData('\u001B', "U+001B")]
    [InlineData('\u007F', "U+007F")]
    [InlineData('\u0085', "U+0085")]
    [InlineData('\u061C', "U+061C")]
    [InlineData('\u200B', "U+200B")]
    [InlineData('\u200E', "U+200E")]
    [InlineData('\u200F', "U+200F")]
    [InlineData('\u2028', "U+2028")]
    [InlineData('\u202A', "U+202A")]
    [InlineData('\u202E', "U+202E")]
    [InlineData('\u2066', "U+2066")]
    [InlineData('\u2069', "U+2069")]
    [InlineData('\uFEFF', "U+FEFF")]
    [InlineData('\uD800', "U+D800")]
    public void Hidden_characters_are_refused_everywhere(char hidden, string name)
    {
        string[] texts =
        [
            $"default via tail{hidden}scale",
            $"default {hidden} via tailscale",
            $"default via tailscale # a comment{hidden}",
            $"user a {{ title = \"a{hidden}b\" }}",
            $"user a {{ title = \"{hidden}{hidden}\" }}",
            $"default via tailscale{hidden}",
        ];
        foreach (var text in texts)
        {
            var diagnostic = Assert.Single(Parse(text).Diagnostics);
            Assert.Equal("hidden-character", diagnostic.Code);
            Assert.Contains(name, diagnostic.Message, StringComparison.Ordinal);
            Assert.Equal(hidden, diagnostic.Location?.Text[0]);
        }
    }

    [Fact]
    public void A_hidden_character_by_an_escape_is_refused()
        => Assert.Equal("hidden-character", Assert.Single(Parse("user a { title = \"a\\u{202E}b\" }").Diagnostics).Code);

    [Theory]
    [InlineData("group p\u0430yments { }")]
    [InlineData("cluster a { labels { env = \"pr\u043Ed\" } }")]
    [InlineData("cluster a { labels { env = \"pr\\u{43E}d\" } }")]
    [InlineData("cluster a { labels { env = \"\u03C1rod\" } }")]
    [InlineData("cluster a { labels { env = \"prod-\u0440\u0430\u0443\" } }")]
    public void Words_of_scripts_that_look_alike_are_refused(string text)
        => Assert.Equal("mixed-scripts", Assert.Single(Parse(text).Diagnostics).Code);

    [Theory]
    [InlineData("Доступ для SRE")]
    [InlineData("Größe, naïve, ÅÄÖ")]
    [InlineData("夜間対応 SRE")]
    [InlineData("10 \u00B5s \U0001F600")]
    public void Honest_texts_of_other_languages_are_fine(string text)
        => Assert.Empty(Parse($"assume disjoint a, b because \"{text}\" # {text}").Diagnostics);

    [Theory]
    [InlineData("[")]
    [InlineData("(")]
    [InlineData("{")]
    [InlineData("not ")]
    [InlineData("not (")]
    [InlineData("a { ")]
    [InlineData("a = [")]
    public void Deep_nesting_is_an_error_and_no_crash(string opening)
    {
        var deep = string.Concat(Enumerable.Repeat(opening, Many));
        string[] heads = ["", "cluster a { x = ", "fleet a = clusters where ", "role a { can ", "cluster a { ", "allow a as b on clusters where "];
        foreach (var head in heads)
        {
            Assert.Equal("nested-too-deeply", Assert.Single(Parse(head + deep).Diagnostics).Code);
        }
    }

    [Fact]
    public void Nesting_up_to_the_limit_is_fine()
    {
        var levels = NestingLimit.Levels;
        Assert.Empty(Parse("fleet a = clusters where " + new string('(', levels) + "has b" + new string(')', levels)).Diagnostics);
        Assert.Empty(Parse("fleet a = clusters where " + string.Concat(Enumerable.Repeat("not ", levels)) + "has b").Diagnostics);
        Assert.Equal("nested-too-deeply", Assert.Single(Parse("fleet a = clusters where " + new string('(', levels + 1) + "has b" + new string(')', levels + 1)).Diagnostics).Code);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("\"")]
    [InlineData("'")]
    [InlineData("/*")]
    [InlineData("}")]
    [InlineData("]")]
    [InlineData(":")]
    [InlineData("\"\\u{")]
    [InlineData("allow ")]
    [InlineData("a, ")]
    [InlineData("\n\"")]
    [InlineData("\n/*")]
    [InlineData("\nallow a")]
    [InlineData("\nx = y")]
    [InlineData("\n x: y")]
    [InlineData("\n x = ]")]
    [InlineData("\n x = (")]
    [InlineData("\n expect a can b, c on d")]
    [InlineData("\n can a, b")]
    [InlineData("} ")]
    [InlineData("\n x {} }")]
    [InlineData("\n                                                                                                          x")]
    [InlineData("ж")]
    [InlineData("\u202E ")]
    public void Work_grows_with_the_length_only(string piece)
    {
        foreach (var head in (string[])["", "cluster a {\n", "test \"x\" {", "role a {"])
        {
            AllocatedWork.AssertGrowsWithTheInput(
                Many / 20,
                pieces =>
                {
                    var text = head + string.Concat(Enumerable.Repeat(piece, pieces));
                    return () => Parse(text);
                });
        }
    }

    [Fact]
    public void Any_text_is_read_without_a_crash()
        => Gen.String[Gen.Char, 0, 200].Sample(text => Parse(text) is not null, iter: 3_000);

    [Fact]
    public void Any_damage_to_a_correct_text_is_read()
    {
        var spans = PolicyTokens.Read(new SourceText("sample.policy", SampleFiles.Read("design-sample.policy")), CancellationToken.None).Tokens;
        var sample = spans.Select(token => token.Text).ToArray();
        var edit = Gen.Select(Gen.Int[0, sample.Length - 1], Gen.Int[0, 3], Gen.OneOf(Pieces));
        edit.Array[1, 6].Sample(
            edits =>
            {
                var words = sample.ToList();
                foreach (var (place, kind, word) in edits)
                {
                    var index = Math.Min(place, words.Count - 1);
                    switch (kind)
                    {
                        case 0:
                            words.RemoveAt(index);
                            break;
                        case 1:
                            words[index] = word;
                            break;
                        case 2:
                            words.Insert(index, word);
                            break;
                        default:
                            words.RemoveRange(index, words.Count - index);
                            break;
                    }

                    if (words.Count == 0)
                    {
                        break;
                    }
                }

                // Line breaks before statement words only, as people write.
                var text = string.Concat(words.Select(word => (LanguageWords.StatementWords.Contains(word) ? "\n" : " ") + word));
                return Parse(text).Diagnostics.All(diagnostic => diagnostic.Location?.Span.End <= text.Length);
            },
            iter: 3_000);
    }

    [Fact]
    public void Any_mixture_of_words_is_read_and_each_finding_lies_inside_the_text()
    {
        Gen.OneOf(Pieces).Array[0, 60].Sample(
            list =>
            {
                var text = string.Join(' ', list);
                var tree = Parse(text);
                foreach (var diagnostic in tree.Diagnostics)
                {
                    var span = diagnostic.Location?.Span ?? default;
                    Assert.InRange(span.Start, 0, text.Length);
                    Assert.InRange(span.End, span.Start, text.Length);
                }

                foreach (var rule in tree.Statements.OfType<AllowSyntax>())
                {
                    Assert.NotEmpty(rule.Subjects);
                    Assert.NotEmpty(rule.Roles);
                }
            },
            iter: 20_000);
    }

    private static SyntaxTree Parse(string text) => SyntaxTree.Parse(new SourceText("hostile.policy", text));
}
