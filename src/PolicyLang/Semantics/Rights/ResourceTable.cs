using System.Collections.Immutable;
using System.Globalization;
using PolicyLang.Projects;

namespace PolicyLang.Semantics.Rights;

/// <summary>The resources that a policy may name: those of the API server from 1.20 to 1.36 and declared custom ones. Immutable.</summary>
public sealed class ResourceTable
{
    /// <summary>The oldest minor version of Kubernetes that the table describes: 20 for 1.20.</summary>
    public const int OldestMinorVersion = 20;

    /// <summary>The newest minor version of Kubernetes that the table describes: 36 for 1.36.</summary>
    public const int NewestMinorVersion = 36;

    private static readonly ImmutableArray<string> OrdinaryVerbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];
    private static readonly ImmutableArray<string> ObjectVerbs = ["get", "patch", "update"];

    // A subresource that an aggregated API server serves may take any verb that acts on one object.
    private static readonly ImmutableArray<string> ForeignSubresourceVerbs = ["create", "delete", "get", "patch", "update"];

    private readonly Dictionary<(string Group, string Resource, string Subresource), ApiResource> _byKey = [];
    private readonly Dictionary<string, List<ApiResource>> _byResource = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<ApiResource>> _byShortName = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _groups = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _verbs = new(StringComparer.Ordinal);

    private ResourceTable(IEnumerable<ApiResource> resources)
    {
        foreach (var resource in resources)
        {
            Add(resource);
            if (resource.Subresource.Length == 0 && resource.SinceOf("update") is { } since)
            {
                // The OwnerReferencesPermissionEnforcement admission plugin asks for `update` on the finalizers of every kind of owner.
                Add(resource with { Subresource = "finalizers", Verbs = [new ApiVerb("update", since)], ShortNames = [] });
            }
        }

        Resources = [.. _byKey.Values.OrderBy(r => r.ApiGroup, StringComparer.Ordinal).ThenBy(r => r.Resource, StringComparer.Ordinal).ThenBy(r => r.Subresource, StringComparer.Ordinal)];
    }

    /// <summary>The resources of the API server alone.</summary>
    public static ResourceTable BuiltIn => Shared.Table;

    /// <summary>All resources and subresources, by API group, name and subresource.</summary>
    public ImmutableArray<ApiResource> Resources { get; }

    /// <summary>The API groups, sorted; the core group is the empty text.</summary>
    public IReadOnlyCollection<string> ApiGroups => _groups;

    /// <summary>All verbs that some resource takes, sorted.</summary>
    public IReadOnlyCollection<string> Verbs => _verbs;

    /// <summary>The table with custom resources added. A custom resource with the name of a built-in one is left out: the API server does not serve it.</summary>
    /// <param name="customResources">The declared custom resources.</param>
    public static ResourceTable With(ImmutableArray<CustomResource> customResources)
        => customResources.IsDefaultOrEmpty ? BuiltIn : new ResourceTable(BuiltIn.Resources.Where(r => r.Subresource != "finalizers").Concat(customResources.SelectMany(Describe)));

    /// <summary>The resource or subresource with a name, or nothing. Finds a subresource by any name where any may stand.</summary>
    /// <param name="apiGroup">The API group; empty for the core group.</param>
    /// <param name="resource">The plural name.</param>
    /// <param name="subresource">The subresource; empty for the resource itself.</param>
    public ApiResource? Find(string apiGroup, string resource, string subresource = "")
        => _byKey.TryGetValue((apiGroup, resource, subresource), out var found) ? found
            : subresource.Length > 0 ? _byKey.GetValueOrDefault((apiGroup, resource, "*"))
            : null;

    /// <summary>The resource with a plural name and its subresources, in all API groups.</summary>
    internal IReadOnlyList<ApiResource> Named(string resource) => _byResource.TryGetValue(resource, out var found) ? found : [];

    /// <summary>The resources that people may mean by a short name or a singular, in lower case.</summary>
    internal IReadOnlyList<ApiResource> Abbreviated(string name) => _byShortName.TryGetValue(name, out var found) ? found : [];

    internal bool HasGroup(string apiGroup) => _groups.Contains(apiGroup);

    private void Add(ApiResource resource)
    {
        if (!_byKey.TryAdd((resource.ApiGroup, resource.Resource, resource.Subresource), resource))
        {
            return;
        }

        AddTo(_byResource, resource.Resource, resource);
        _groups.Add(resource.ApiGroup);
        foreach (var verb in resource.Verbs)
        {
            _verbs.Add(verb.Name);
        }

        if (resource.Subresource.Length == 0)
        {
            AddTo(_byShortName, Singular(resource.Resource), resource);
            foreach (var shortName in resource.ShortNames)
            {
                AddTo(_byShortName, shortName, resource);
            }
        }
    }

    private static void AddTo(Dictionary<string, List<ApiResource>> index, string key, ApiResource resource)
    {
        if (!index.TryGetValue(key, out var list))
        {
            index.Add(key, list = []);
        }

        list.Add(resource);
    }

    private static string Singular(string plural)
        => plural.EndsWith("ies", StringComparison.Ordinal) ? plural[..^3] + "y"
            : plural.EndsWith("sses", StringComparison.Ordinal) ? plural[..^2]
            : plural.EndsWith('s') ? plural[..^1]
            : plural;

    private static IEnumerable<ApiResource> Describe(CustomResource custom)
    {
        yield return Describe(custom, "", OrdinaryVerbs);
        foreach (var subresource in custom.Subresources)
        {
            yield return Describe(custom, subresource, subresource is "status" or "scale" ? ObjectVerbs : ForeignSubresourceVerbs);
        }
    }

    private static ApiResource Describe(CustomResource custom, string subresource, ImmutableArray<string> verbs)
        => new(custom.ApiGroup, custom.Resource, subresource, custom.IsNamespaced, OldestMinorVersion, NewestMinorVersion, [.. verbs.Select(v => new ApiVerb(v, OldestMinorVersion))], []);

    private static IEnumerable<ApiResource> Parse(string text)
    {
        var group = "";
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (line[0] == '[')
            {
                group = line is "[core]" ? "" : line[1..^1];
                continue;
            }

            var columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var (resource, subresource) = Cut(columns[0], '/');
            var (first, last) = Cut(columns[2], '-');
            var since = first.Length == 0 ? OldestMinorVersion : int.Parse(first, CultureInfo.InvariantCulture);
            var until = last.Length == 0 ? NewestMinorVersion : int.Parse(last, CultureInfo.InvariantCulture);
            yield return new ApiResource(group, resource, subresource, columns[1] == "namespaced", since, until, ParseVerbs(columns[3], since), columns.Length > 5 ? [.. columns[5..]] : []);
        }
    }

    private static ImmutableArray<ApiVerb> ParseVerbs(string text, int since)
    {
        var verbs = ImmutableArray.CreateBuilder<ApiVerb>();
        foreach (var part in text.Split(','))
        {
            var (name, from) = Cut(part, '@');
            switch (name)
            {
                case "all":
                    verbs.AddRange(OrdinaryVerbs.Select(v => new ApiVerb(v, since)));
                    break;
                case "object":
                    verbs.AddRange(ObjectVerbs.Select(v => new ApiVerb(v, since)));
                    break;
                default:
                    verbs.Add(new ApiVerb(name, from.Length == 0 ? since : int.Parse(from, CultureInfo.InvariantCulture)));
                    break;
            }
        }

        verbs.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        return verbs.ToImmutable();
    }

    private static (string Head, string Tail) Cut(string text, char separator)
    {
        var index = text.IndexOf(separator, StringComparison.Ordinal);
        return index < 0 ? (text, "") : (text[..index], text[(index + 1)..]);
    }

    // A class of its own, so that a command that needs no rights never parses the table.
    private static class Shared
    {
        public static readonly ResourceTable Table = new(Parse(ResourceTableText.Text));
    }
}
