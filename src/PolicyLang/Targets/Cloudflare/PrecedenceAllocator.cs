using System.Globalization;
using PolicyLang.Diagnostics;

namespace PolicyLang.Targets.Cloudflare;

/// <summary>Gives each rule its precedence and reports rules that would share one.</summary>
internal static class PrecedenceAllocator
{
    private const int MostAttempts = 10_000;

    /// <summary>The precedence of each rule, in the order of the rules.</summary>
    public static int[] Allocate(CloudflarePathSettings path, IReadOnlyList<GatewayRule> rules, DiagnosticBag diagnostics, CancellationToken cancellation)
    {
        var numbers = new int[rules.Count];
        var owners = new Dictionary<int, GatewayRule>(rules.Count);
        var reported = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < rules.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var rule = rules[i];
            numbers[i] = NumberOf(path, rule, rule.Gate.Slot);
            if (!owners.TryAdd(numbers[i], rule) && reported.Add(rule.Gate.Cluster.Name))
            {
                Report(path, rules, owners[numbers[i]], rule, numbers[i], diagnostics, cancellation);
            }
        }

        return numbers;
    }

    private static int NumberOf(CloudflarePathSettings path, GatewayRule rule, int slot) => path.Precedence[rule.Action].NumberOf(rule.Name, slot);

    private static void Report(CloudflarePathSettings path, IReadOnlyList<GatewayRule> rules, GatewayRule first, GatewayRule second, int number, DiagnosticBag diagnostics, CancellationToken cancellation)
    {
        var cluster = second.Gate.Cluster;
        var slot = FindSlot(path, rules, second.Gate, cancellation);
        diagnostics.Report(
            CloudflareDiagnostics.PrecedenceCollision,
            second.Gate.Location,
            string.Create(CultureInfo.InvariantCulture, $"rules `{first.Name}` and `{second.Name}` of path `{path.Path.Name}` would both get precedence {number}, which an account holds only once"),
            slot is { } free
                ? string.Create(CultureInfo.InvariantCulture, $"write `slot = {free}` in `{path.Path.Name}` of cluster `{cluster.Name}`; it moves the rules of this cluster alone")
                : "widen the `precedence` of the path",
            new RelatedLocation(first.Gate.Location, $"`{first.Name}` comes from here"));
    }

    private static int? FindSlot(CloudflarePathSettings path, IReadOnlyList<GatewayRule> rules, ClusterGate gate, CancellationToken cancellation)
    {
        var own = rules.Where(rule => rule.Gate.Cluster == gate.Cluster).ToList();
        var taken = rules.Where(rule => rule.Gate.Cluster != gate.Cluster).Select(rule => NumberOf(path, rule, rule.Gate.Slot)).ToHashSet();
        for (var slot = 1; slot <= MostAttempts; slot++)
        {
            cancellation.ThrowIfCancellationRequested();
            var seen = new HashSet<int>(own.Count);
            if (own.All(rule => NumberOf(path, rule, slot) is var number && !taken.Contains(number) && seen.Add(number)))
            {
                return slot;
            }
        }

        return null;
    }
}
