using System.Collections.Immutable;
using CsCheck;
using PolicyLang.Reading;
using PolicyLang.Targets.Cloudflare.Reading;
using PolicyLang.Targets.Cloudflare.Reading.Expressions;
using Xunit;

namespace PolicyLang.Conformance.Cloudflare;

/// <summary>What the reader decides for every caller at once is what the engine's evaluation decides for each of them.</summary>
public sealed class GatewayPropertyTests
{
    private const int Iterations = 20_000;

    private static readonly string[] Words = ["a@example.com", "b@example.com", "sre", "staff", "v1"];
    private static readonly string[] Addresses = ["198.51.100.101", "198.51.100.102", "2001:db8::101"];
    private static readonly string[] TextFields = ["identity.email", "identity.name", "net.protocol", "net.vnet_id", "net.sni.host", "identity.groups.name[0]"];
    private static readonly string[] ArrayFields = ["identity.groups.name", "identity.groups.id", "device_posture.checks.passed", "device_posture.checks.failed", "net.sni.domains"];

    private static readonly Gen<string> Word = OneOf(Words).Select(word => $"\"{word}\"");

    private static readonly Gen<string> TextTest = Gen.OneOf(
        Word.Select(word => $"== {word}"),
        Word.Select(word => $"!= {word}"),
        Word.Array[0, 3].Select(words => $"in {{{string.Join(' ', words)}}}"),
        Gen.Const("in $aaaaaaaaaaaa4aaaaaaaaaaaaaaaaaaa"),
        Gen.Const("contains \"s\""),
        Gen.Const("matches \"^s\""),
        Word.Select(word => $"< {word}"));

    private static readonly Gen<string> Leaf = Gen.OneOf(
        Gen.Select(OneOf(TextFields), TextTest, (field, test) => $"{field} {test}"),
        OneOf(Addresses).Array[0, 2].Select(addresses => $"net.dst.ip in {{{string.Join(' ', addresses)}}}"),
        OneOf("net.dst.ip in {198.51.100.0/24}", "net.dst.ip != 198.51.100.101", "net.dst.port == 6443", "net.dst.port in {22 443..7000}", "net.src.port == 1", "net.src.ip in {10.0.0.0/8}"));

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static Gen<string> Elements(int depth) => depth == 0
        ? Gen.Select(OneOf(ArrayFields), TextTest, (field, test) => $"{field}[*] {test}")
        : Gen.OneOf(Elements(0), Elements(depth - 1).Select(e => $"not ({e})"), Gen.Select(Elements(depth - 1), OneOf("and", "or", "xor"), Elements(depth - 1), (a, op, b) => $"({a} {op} {b})"));

    private static Gen<string> Expression(int depth) => depth == 0
        ? Gen.OneOf(Leaf, Gen.Select(OneOf("any", "all"), Elements(1), (quantifier, elements) => $"{quantifier}({elements})"))
        : Gen.OneOf(Expression(0), Expression(depth - 1).Select(e => $"not ({e})"), Gen.Select(Expression(depth - 1), OneOf("and", "or", "xor"), Expression(depth - 1), (a, op, b) => $"({a} {op} {b})"));

    private static readonly Gen<World> AnyWorld = Gen.Select(
        OneOf(Addresses),
        OneOf<string?>(null, "a@example.com", "b@example.com", "c@example.com"),
        OneOf<string?>(null, "sre"),
        OneOf(Words).Array[0, 3],
        OneOf("", "sre", "v1", "other"),
        Gen.Int[0, 63]).Select((address, email, name, groups, text, absent) => new World(address, email, name, [.. groups.Distinct(StringComparer.Ordinal)], text, absent));

    [Fact]
    public void An_expression_decided_for_everyone_is_decided_alike_for_each()
        => Gen.Select(Expression(2), AnyWorld).Sample(
            (text, world) =>
            {
                var node = FilterParser.Parse(text, GatewayFields.Scheme, FilterDialect.Gateway, out var error);
                Assert.True(node is not null, $"{text}: {error}");
                var formula = new SymbolicEvaluator(world.Lists, world.Facts, matchesEmailVariants: false).Evaluate(node);
                var decided = formula.Evaluate(world.TruthOf);
                foreach (var absentIsUnequal in new[] { false, true })
                {
                    var real = new FilterEvaluator(world.Fields, world.Lists, absentIsUnequal).Evaluate(node);
                    Assert.True(decided == Truth.Unknown || decided == real, $"{text}: {formula} is {decided}, real is {real} in {world}");
                }
            },
            iter: Iterations);

    [Fact]
    public void Gates_are_what_the_first_match_gives_for_each_caller()
        => Gen.Select(Gen.Select(Gen.Bool, Expression(1), Expression(1), Gen.Bool).Array[0, 5], AnyWorld).Sample(
            (rules, world) =>
            {
                var reading = GatewayFiles.Api([.. rules.Select((rule, i) => GatewayFiles.Rule(rule.Item1 ? "allow" : "block", 100 - i, rule.Item2, rule.Item4 ? rule.Item3 : ""))]);
                var gate = reading.GateTo(new GatewayEndpoint([world.Address], 6443));
                var decided = gate.Opens.Evaluate(world.TruthOf);
                foreach (var absentIsUnequal in new[] { false, true })
                {
                    var evaluator = new FilterEvaluator(world.Fields, World.NoLists, absentIsUnequal);
                    var real = Truth.True;
                    foreach (var rule in rules)
                    {
                        // The last in the list has the smallest number, so that each goes in front of the ones before.
                        var match = Parse(rule.Item2, evaluator).And(rule.Item4 ? Parse(rule.Item3, evaluator) : Truth.True);
                        real = match == Truth.Unknown ? (real == (rule.Item1 ? Truth.True : Truth.False) ? real : Truth.Unknown) : match == Truth.True ? rule.Item1.ToTruth() : real;
                    }

                    Assert.True(decided == Truth.Unknown || decided == real, $"{gate.Opens} is {decided}, real is {real}");
                }
            },
            iter: Iterations / 4);

    [Fact]
    public void Any_bytes_give_a_problem_or_a_reading_and_never_an_exception()
        => Gen.Select(Gen.Int[0, 2000], Gen.Byte.Array[0, 4], Gen.Bool).Sample(
            (at, bytes, isTerraform) =>
            {
                var files = GatewayFiles.Examples.Single(example => example.Example == "acme").Files;
                var content = files[isTerraform ? 1 : 0].Content.ToArray();
                bytes.CopyTo(content, at);
                var reading = GatewayReading.Read([new Artefact(files[isTerraform ? 1 : 0].Path, content)]);
                reading.GateTo(GatewayFiles.Endpoint);
            },
            iter: 2000);

    private static Truth Parse(string text, FilterEvaluator evaluator) => evaluator.Evaluate(FilterParser.Parse(text, GatewayFields.Scheme, FilterDialect.Gateway, out _)!);

    /// <summary>A caller and a connection of which everything is known.</summary>
    private sealed record World(string Address, string? Email, string? Name, ImmutableArray<string> Groups, string Text, int Absent)
    {
        public static AccountLists NoLists { get; } = new([]);

        public AccountLists Lists { get; } = new(
        [
            new AccountList("aaaaaaaaaaaa4aaaaaaaaaaaaaaaaaaa", "people", default, null, System.Collections.Frozen.FrozenSet.Create(StringComparer.Ordinal, "a@example.com", "sre")),
        ]);

        public ConnectionFacts Facts => ConnectionFacts.OfNetwork(((IpValue)Fields["net.dst.ip"]).Value, 6443, virtualNetwork: null);

        public ImmutableDictionary<string, FilterValue> Fields
        {
            get
            {
                var fields = ImmutableDictionary.CreateBuilder<string, FilterValue>(StringComparer.Ordinal);
                Assert.True(Expressions(Address, out var address));
                fields["net.dst.ip"] = new IpValue(address);
                fields["net.dst.port"] = new IntValue(6443);
                fields["net.protocol"] = new BytesValue("tcp");
                Add(fields, "identity.email", Email);
                Add(fields, "identity.name", Name);
                AddTexts(fields, "identity.groups.name", 1);
                AddTexts(fields, "identity.groups.id", 2);
                AddTexts(fields, "device_posture.checks.passed", 4);
                AddTexts(fields, "net.sni.domains", 8);
                Add(fields, "net.vnet_id", (Absent & 16) == 0 ? Text : null);
                Add(fields, "net.sni.host", (Absent & 32) == 0 ? Text : null);
                return fields.ToImmutable();
            }
        }

        public Truth TruthOf(Atom atom)
        {
            var field = GatewayFields.Scheme.Names.Single(name => GatewayFields.AtomOf(name, atom.Value) == atom || (atom.Kind == AtomKind.Connection && atom.Vocabulary == name));
            return (Fields.GetValueOrDefault(field) switch
            {
                BytesValue bytes => bytes.Bytes == atom.Value,
                ArrayValue array => array.Items.Contains(new BytesValue(atom.Value)),
                _ => false,
            }).ToTruth();
        }

        private static bool Expressions(string text, out Address address) => Targets.Cloudflare.Reading.Expressions.Address.TryParse(text, out address);

        private static void Add(ImmutableDictionary<string, FilterValue>.Builder fields, string name, string? text)
        {
            if (text is not null)
            {
                fields[name] = new BytesValue(text);
            }
        }

        private void AddTexts(ImmutableDictionary<string, FilterValue>.Builder fields, string name, int bit)
        {
            if ((Absent & bit) == 0)
            {
                fields[name] = new ArrayValue([.. Groups.Select(group => new BytesValue(group))]);
            }
        }
    }
}
