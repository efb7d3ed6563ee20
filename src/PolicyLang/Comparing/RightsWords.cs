using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Semantics.Rights;

namespace PolicyLang.Comparing;

/// <summary>Says single rights as the language would, as far as that is shorter.</summary>
internal static class RightsWords
{
    /// <summary>The rights as phrases such as <c>read secrets</c>, sorted.</summary>
    /// <param name="atoms">Single rights: one verb, one resource or URL, at most one name.</param>
    public static ImmutableArray<string> Of(ImmutableArray<RbacRule> atoms)
        =>
        [
            .. atoms.GroupBy(ObjectOf, StringComparer.Ordinal)
                .Select(g => PhraseOf(g.Key, [.. g.Select(a => a.Verbs[0])]))
                .GroupBy(p => p.Verbs, StringComparer.Ordinal)
                .Select(g => $"{g.Key} {string.Join(", ", g.Select(p => p.Object).Order(StringComparer.Ordinal))}")
                .Order(StringComparer.Ordinal),
        ];

    private static (string Verbs, string Object) PhraseOf(string target, HashSet<string> verbs)
    {
        if (target is "pods/exec" or "pods/portforward" && verbs.Contains("create") && verbs.All(v => v is "create" or "get"))
        {
            return (target == "pods/exec" ? VerbClass.Exec : VerbClass.PortForward, "pods");
        }

        var words = new List<string>();
        foreach (var word in (ReadOnlySpan<string>)[VerbClass.Read, VerbClass.Write, VerbClass.Delete])
        {
            if (VerbClass.VerbsOf(word).All(verbs.Contains))
            {
                words.Add(word);
                verbs.ExceptWith(VerbClass.VerbsOf(word));
            }
        }

        return (string.Join(", ", words.Concat(verbs.Order(StringComparer.Ordinal))), target);
    }

    private static string ObjectOf(RbacRule atom)
    {
        if (!atom.NonResourceUrls.IsEmpty)
        {
            return $"\"{atom.NonResourceUrls[0]}\"";
        }

        var name = atom.Resources[0];
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        var text = ResourcePattern.Format(atom.ApiGroups[0], slash < 0 ? name : name[..slash], slash < 0 ? "" : name[(slash + 1)..]);
        return atom.ResourceNames.IsEmpty ? text : $"{text} named \"{atom.ResourceNames[0]}\"";
    }
}
