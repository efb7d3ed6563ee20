using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using PolicyLang.Reading;

namespace PolicyLang.Targets.Cloudflare.Reading;

/// <summary>Puts rules into the order in which Gateway asks them.</summary>
internal static class PrecedenceOrder
{
    /// <summary>Sorts rules.</summary>
    /// <param name="rules">The rules of an account.</param>
    /// <param name="problems">Receives what is wrong with their numbers.</param>
    /// <returns>The rules whose place is known, in order, and those that may stand anywhere.</returns>
    public static (ImmutableArray<GatewayRule> Ordered, ImmutableArray<GatewayRule> Anywhere) Sort(IReadOnlyList<GatewayRule> rules, ICollection<ReadingProblem> problems)
    {
        // Without the version of the provider the scale is not known, but on either scale the rules of one module stand in the order of their numbers.
        var isOneScale = rules.All(rule => rule.Scale == PrecedenceScale.Unsaid);
        var anywhere = ImmutableArray.CreateBuilder<GatewayRule>();
        var ranked = new SortedDictionary<long, List<GatewayRule>>();
        foreach (var rule in rules)
        {
            if (RankOf(rule, isOneScale) is not { } rank)
            {
                anywhere.Add(rule);
            }
            else if (ranked.TryGetValue(rank, out var same))
            {
                same.Add(rule);
            }
            else
            {
                ranked.Add(rank, [rule]);
            }
        }

        var ordered = ImmutableArray.CreateBuilder<GatewayRule>(rules.Count);
        foreach (var (rank, same) in ranked)
        {
            // The API refuses a number that is in use, also by a rule of another filter or one that is off. On the old scale the names would tell rules apart.
            foreach (var rule in same.Skip(1))
            {
                problems.Add(new ReadingProblem(
                    rule.Scale == PrecedenceScale.Unsaid ? ReadingProblemKind.NotModelled : ReadingProblemKind.Refused,
                    string.Create(CultureInfo.InvariantCulture, $"rule `{rule.Name}` has the precedence {rank} of rule `{same[0].Name}`, and each rule of an account needs its own"),
                    rule.Place));
            }

            (same.Count == 1 ? ordered : anywhere).AddRange(same);
        }

        foreach (var rule in rules.Where(rule => rule.Scale == PrecedenceScale.Unsaid && !isOneScale))
        {
            problems.Add(new ReadingProblem(ReadingProblemKind.NotModelled, $"rule `{rule.Name}` does not say for which version of the provider its precedence is", rule.Place));
        }

        return (ordered.ToImmutable(), anywhere.ToImmutable());
    }

    /// <summary>The CRC-32 of IEEE 802.3, which the provider took of names.</summary>
    public static uint Crc32(string text)
    {
        var crc = uint.MaxValue;
        foreach (var unit in Encoding.UTF8.GetBytes(text))
        {
            crc ^= unit;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ (0xEDB88320 & (uint)-(int)(crc & 1));
            }
        }

        return ~crc;
    }

    private static long? RankOf(GatewayRule rule, bool isOneScale) => rule switch
    {
        { Precedence: not { } } => null,
        { Scale: PrecedenceScale.Account } => rule.Precedence,
        { Scale: PrecedenceScale.Thousandfold, NameInAccount: { } name } => (rule.Precedence * 1000) + (Crc32(name) % 1000),
        { Scale: PrecedenceScale.Unsaid } when isOneScale => rule.Precedence,
        _ => null,
    };
}
