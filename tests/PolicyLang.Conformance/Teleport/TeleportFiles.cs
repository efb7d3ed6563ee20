using System.Collections.Immutable;
using System.Text;
using PolicyLang.Reading;
using PolicyLang.Targets.Teleport.Reading;
using Xunit;

namespace PolicyLang.Conformance.Teleport;

/// <summary>Reads texts as the files of a Teleport and asks about people and bots by name.</summary>
internal static class TeleportFiles
{
    public static readonly TeleportServer Newest = new(18, 2, IsEnterprise: true);

    public static Artefact File(string text, string path = "teleport.yaml") => new(path, Encoding.UTF8.GetBytes(text));

    public static TeleportReading Read(string text, TeleportServer? server = null, string path = "teleport.yaml") => TeleportReading.Read([File(text, path)], server ?? Newest);

    /// <summary>A reading in which nothing was amiss.</summary>
    public static TeleportReading ReadClean(string text, TeleportServer? server = null, string path = "teleport.yaml")
    {
        var reading = Read(text, server, path);
        Assert.Empty(reading.Problems);
        return reading;
    }

    public static TeleportEndpoint Endpoint(params (string Key, string Value)[] labels)
        => new(ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, labels.Select(l => KeyValuePair.Create(l.Key, l.Value))), OtherLabelsUnknown: false);

    /// <summary>A world in which the listed atoms hold: <c>org/team</c>, <c>bot:name</c>, <c>device</c>.</summary>
    public static Func<Atom, Truth> World(params string[] facts) => atom => facts.Contains(atom.Kind switch
    {
        AtomKind.Machine => "bot:" + atom.Value,
        AtomKind.Posture => "device",
        _ => atom.Value,
    }).ToTruth();

    public static Truth Opens(this TeleportReading reading, TeleportEndpoint endpoint, params string[] facts) => reading.GateTo(endpoint).Opens.Evaluate(World(facts));

    /// <summary>The groups of somebody who gets through, sorted; those that are not certain have a question mark.</summary>
    public static string Groups(this TeleportReading reading, TeleportEndpoint endpoint, params string[] facts)
        => string.Join(' ', Names(reading.IdentitiesAt(endpoint).SelectMany(i => i.Groups.Select(g => (g, i.Who.Evaluate(World(facts)))))));

    /// <summary>The users, sorted; the caller's own name is <c>(own)</c>.</summary>
    public static string Users(this TeleportReading reading, TeleportEndpoint endpoint, params string[] facts)
        => string.Join(' ', Names(reading.IdentitiesAt(endpoint).Where(i => i.User is not null).Select(i => (i.User!.Name ?? "(own)", i.Who.Evaluate(World(facts))))));

    private static IEnumerable<string> Names(IEnumerable<(string Name, Truth Truth)> names)
        => names.GroupBy(n => n.Name, StringComparer.Ordinal)
            .Select(n => (n.Key, Truth: n.Max(t => t.Truth)))
            .Where(n => n.Truth != Truth.False)
            .OrderBy(n => n.Key, StringComparer.Ordinal)
            .Select(n => n.Truth == Truth.True ? n.Key : n.Key + "?");
}
