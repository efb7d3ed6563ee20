using CsCheck;
using PolicyLang.Access;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics.Rights;
using Xunit;

namespace PolicyLang.Tests.Semantics.Rights;

/// <summary>Checks expansion against two evaluators of their own: RBAC's rule matching, and a reading of the phrase word by word.</summary>
public sealed class RightsPropertyTests
{
    private static readonly ResourceTable Table = ResourceTable.With(Phrase.CustomResources);
    private static readonly string[] PlainVerbs = ["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection", "impersonate", "bind", "escalate", "approve"];
    private static readonly string[] VerbWords = [.. PlainVerbs, "read", "write", "exec", "port-forward", "*"];
    private static readonly string[] ResourceWords = [.. Table.Resources.Where(r => r.Subresource != "*").Select(r => r.Name), "pods", "pods", "pods", "secrets", "*", "*.apps", "*.core", "*.resource.k8s.io", "configmaps.*", "pods.*", "*/scale", "*/status", "*.apps/status"];
    private static readonly string[] Names = ["a", "b"];

    private static readonly Gen<(string[] Verbs, string[] Resources, string[] Names, int Version, RightsPurpose Purpose)> Phrases = Gen.Select(
        Gen.Int[0, VerbWords.Length - 1].Select(i => VerbWords[i]).Array[1, 3],
        Gen.Int[0, ResourceWords.Length - 1].Select(i => ResourceWords[i]).Array[1, 3],
        Gen.Int[0, Names.Length - 1].Select(i => Names[i]).Array[0, 2],
        Gen.Int[ResourceTable.OldestMinorVersion, ResourceTable.NewestMinorVersion],
        Gen.Bool.Select(b => b ? RightsPurpose.Guard : RightsPurpose.Role));

    [Fact]
    public void Expansion_never_grants_a_right_that_the_phrase_did_not_name()
    {
        var expanded = 0;
        Phrases.Sample(
            phrase =>
            {
                if (Expand(phrase) is not { } rights)
                {
                    return true;
                }

                Interlocked.Increment(ref expanded);
                return Requests().All(r => !rights.Rules.Any(rule => Matches(rule, r.Verb, r.Group, r.Resource, r.Subresource, r.Name)) || Says(phrase, r));
            },
            iter: 3000);
        Assert.True(expanded > 100, $"only {expanded} phrases had a meaning");
    }

    [Fact]
    public void Expansion_gives_every_right_that_the_phrase_names_and_the_version_has()
    {
        Phrases.Sample(
            phrase =>
            {
                if (phrase.Purpose == RightsPurpose.Guard || Expand(phrase) is not { } rights)
                {
                    return true;
                }

                return Requests().Where(r => SaysPlainly(phrase, r)).All(r => rights.Rules.Any(rule => Matches(rule, r.Verb, r.Group, r.Resource, r.Subresource, r.Name)));
            },
            iter: 3000);
    }

    [Fact]
    public void Rules_are_canonical()
    {
        Phrases.Sample(
            phrase =>
            {
                if (Expand(phrase) is not { } rights)
                {
                    return true;
                }

                var shuffled = (phrase.Verbs.Reverse().ToArray(), phrase.Resources.Reverse().ToArray(), phrase.Names.Reverse().ToArray(), phrase.Version, phrase.Purpose);
                return Phrase.Write(rights) == Phrase.Write(Expand(shuffled)!)
                    && Phrase.Write(ExpandedRights.Union([rights, rights])) == Phrase.Write(rights)
                    && rights.Rules.All(r => r.ApiGroups.Length == 1 && !r.Verbs.IsEmpty && !r.Resources.IsEmpty && Sorted(r.Verbs) && Sorted(r.Resources) && Sorted(r.ResourceNames));
            },
            iter: 3000);
    }

    private static bool Sorted(IReadOnlyList<string> texts) => texts.SequenceEqual(texts.Distinct().Order(StringComparer.Ordinal));

    private static ExpandedRights? Expand((string[] Verbs, string[] Resources, string[] Names, int Version, RightsPurpose Purpose) phrase)
    {
        var text = $"[{string.Join(", ", phrase.Verbs)}] [{string.Join(", ", phrase.Resources)}]{(phrase.Names.Length == 0 ? "" : $" named [{string.Join(", ", phrase.Names)}]")}";
        var bound = Phrase.Bind(text, phrase.Purpose);
        if (bound.Diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error))
        {
            return null;
        }

        var rights = bound.Expand(phrase.Version);
        return rights.Diagnostics.IsEmpty ? rights : null;
    }

    private static IEnumerable<(string Verb, string Group, string Resource, string Subresource, string Name)> Requests()
    {
        foreach (var resource in Table.Resources)
        {
            foreach (var verb in PlainVerbs)
            {
                yield return (verb, resource.ApiGroup, resource.Resource, resource.Subresource, "a");
                yield return (verb, resource.ApiGroup, resource.Resource, resource.Subresource, "other");
                yield return (verb, resource.ApiGroup, resource.Resource, resource.Subresource, "");
            }
        }
    }

    // Kubernetes RBAC, RuleAllows and ResourceMatches: a request matches when each of the four lists does.
    private static bool Matches(RbacRule rule, string verb, string group, string resource, string subresource, string name)
    {
        var combined = subresource.Length == 0 ? resource : $"{resource}/{subresource}";
        return (rule.Verbs.Contains(verb) || rule.Verbs.Contains("*"))
            && (rule.ApiGroups.Contains(group) || rule.ApiGroups.Contains("*"))
            && (rule.Resources.Contains(combined) || rule.Resources.Contains("*") || (subresource.Length > 0 && rule.Resources.Contains("*/" + subresource)))
            && (rule.ResourceNames.IsEmpty || rule.ResourceNames.Contains(name));
    }

    private static bool Says(
        (string[] Verbs, string[] Resources, string[] Names, int Version, RightsPurpose Purpose) phrase,
        (string Verb, string Group, string Resource, string Subresource, string Name) request)
    {
        if (phrase.Names.Length > 0 && !phrase.Names.Contains(request.Name))
        {
            return false;
        }

        return phrase.Verbs.Any(v => phrase.Resources.Any(r => SaysVerb(v, r, request) || (phrase.Purpose == RightsPurpose.Guard && SaysVerb(v, r, Twin(request)))));
    }

    // The same object under its other API group.
    private static (string Verb, string Group, string Resource, string Subresource, string Name) Twin((string Verb, string Group, string Resource, string Subresource, string Name) request)
        => (request.Resource, request.Group) switch
        {
            ("events", "") => request with { Group = "events.k8s.io" },
            ("events", "events.k8s.io") => request with { Group = "" },
            ("ingresses", "extensions") => request with { Group = "networking.k8s.io" },
            ("ingresses", "networking.k8s.io") => request with { Group = "extensions" },
            _ => request,
        };

    private static bool SaysVerb(string verb, string word, (string Verb, string Group, string Resource, string Subresource, string Name) request)
    {
        if (verb is "exec" or "port-forward")
        {
            string[] rights = verb == "exec"
                ? ["get pods/", "create pods/exec", "get pods/exec", "create pods/attach", "get pods/attach", "patch pods/ephemeralcontainers", "update pods/ephemeralcontainers"]
                : ["get pods/", "create pods/portforward", "get pods/portforward"];
            return word == "pods" && request.Group.Length == 0 && rights.Contains($"{request.Verb} {request.Resource}/{request.Subresource}");
        }

        string[] meaning = verb switch
        {
            "read" => ["get", "list", "watch"],
            "write" => ["create", "update", "patch"],
            "delete" => ["delete", "deletecollection"],
            "*" => [request.Verb],
            _ => [verb],
        };
        return meaning.Contains(request.Verb) && SaysResource(word, request);
    }

    private static bool SaysResource(string word, (string Verb, string Group, string Resource, string Subresource, string Name) request)
    {
        var slash = word.Split('/');
        var dot = slash[0].Split('.', 2);
        var subresource = slash.Length > 1 ? slash[1] : "";
        var group = dot.Length > 1 ? dot[1] : dot[0] == "*" ? "*" : "";
        var groupFits = group == "*" || (group == "core" ? "" : group) == request.Group;
        return groupFits && (dot[0] == "*"
            ? subresource.Length == 0 || subresource == request.Subresource
            : dot[0] == request.Resource && subresource == request.Subresource);
    }

    // What must be given: verbs and classes on resources of the version, without those that names cannot limit. A wildcard stands for
    // resources and subresources in one rule, so a verb that is left out for the resources is left out for all.
    private static bool SaysPlainly(
        (string[] Verbs, string[] Resources, string[] Names, int Version, RightsPurpose Purpose) phrase,
        (string Verb, string Group, string Resource, string Subresource, string Name) request)
    {
        var needsSubresource = phrase.Names.Length > 0 && request.Verb is "create" or "deletecollection";
        return Table.Find(request.Group, request.Resource, request.Subresource)!.Takes(request.Verb, phrase.Version)
            && (phrase.Names.Length == 0 || phrase.Names.Contains(request.Name))
            && phrase.Verbs.Any(v => v is not ("exec" or "port-forward") && phrase.Resources.Any(r => SaysVerb(v, r, request) && (!needsSubresource || r.Contains('/', StringComparison.Ordinal))));
    }
}
