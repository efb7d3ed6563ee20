using System.Collections.Immutable;
using System.Runtime.InteropServices;
using PolicyLang.Reading;

namespace PolicyLang.Targets.Teleport.Reading;

/// <summary>What the reader of a set of files finds on its way.</summary>
internal sealed class ReadingNotes
{
    private readonly List<ReadingProblem> _problems = [];
    private readonly List<OtherEffect> _effects = [];

    /// <summary>The first place where something stands that may say anything at all; then nothing is certain.</summary>
    public ArtefactPlace? Anything { get; private set; }

    public void Add(ReadingProblem problem) => _problems.Add(problem);

    public void AddAnything(ReadingProblem problem)
    {
        _problems.Add(problem);
        Anything ??= problem.Place;
    }

    public void Effect(string what, ArtefactPlace place, string? topic = null) => _effects.Add(new OtherEffect(what, place) { Topic = topic });

    public ImmutableArray<ReadingProblem> SortedProblems()
    {
        _problems.Sort(static (a, b) => ArtefactPlace.Compare(a.Place, b.Place) is var order and not 0 ? order : string.CompareOrdinal(a.Message, b.Message));
        return [.. _problems];
    }

    public ImmutableArray<OtherEffect> SortedEffects()
    {
        _effects.Sort(static (a, b) => ArtefactPlace.Compare(a.Place, b.Place) is var order and not 0 ? order : string.CompareOrdinal(a.What, b.What));
        return [.. _effects];
    }
}

/// <summary>One resource while it is read: what it holds that is not understood makes all that it does undecided.</summary>
internal sealed class ResourceScope(ReadingNotes notes, TeleportRules rules, ArtefactPlace place, bool isTerraform)
{
    public TeleportRules Rules => rules;

    public bool IsTerraform => isTerraform;

    /// <summary>Where the resource stands.</summary>
    public ArtefactPlace Place => place;

    /// <summary>What the resource is, such as <c>role `x`</c>.</summary>
    public (string Kind, string Name) Title { get; set; } = ("resource", "");

    /// <summary>Whether something in it is refused or not understood.</summary>
    public bool IsUndecided { get; private set; }

    public void Refused(string message, Node node)
    {
        IsUndecided = true;
        notes.Add(new ReadingProblem(ReadingProblemKind.Refused, $"{Title.Kind} `{Title.Name}`: {message}", PlaceOf(node)));
    }

    public void NotModelled(string message, Node node)
    {
        IsUndecided = true;
        notes.Add(new ReadingProblem(ReadingProblemKind.NotModelled, $"{Title.Kind} `{Title.Name}`: {message}", PlaceOf(node)));
    }

    /// <summary>Reports something that is undecided by itself and leaves the rest of the resource as it is.</summary>
    public void Unsure(string message, Node node) => notes.Add(new ReadingProblem(ReadingProblemKind.NotModelled, $"{Title.Kind} `{Title.Name}`: {message}", PlaceOf(node)));

    public void Unknown(Node key) => NotModelled($"`{key.Text}` is not known here", key);

    public void Effect(string what, Node node, string? topic = null) => notes.Effect($"{Title.Kind} `{Title.Name}` {what}", PlaceOf(node), topic);

    /// <summary>A text; empty where there is none or something else.</summary>
    public string Text(Node node)
    {
        if (node.Kind != NodeKind.Text)
        {
            if (!node.IsNothing)
            {
                Refused(node.Kind is NodeKind.List or NodeKind.Map ? "a list or block stands where a text must" : $"`{node.Text}` without quotes is no text", node);
            }

            return "";
        }

        return isTerraform ? TerraformText(node.Text, node) : node.Text;
    }

    /// <summary>A list of texts.</summary>
    /// <param name="node">The value.</param>
    /// <param name="mayBeOne">Whether the server takes one text for a list of one.</param>
    public ImmutableArray<string> Texts(Node node, bool mayBeOne = false)
    {
        if (node.IsNothing)
        {
            return [];
        }

        if (node.Kind != NodeKind.List)
        {
            if (mayBeOne && node.Kind is not NodeKind.Map)
            {
                return [Text(node)];
            }

            Refused("a list of texts is needed here", node);
            return [];
        }

        var count = 0;
        foreach (var _ in node.Items)
        {
            count++;
        }

        if (count == 0)
        {
            return [];
        }

        var texts = new string[count];
        count = 0;
        foreach (var item in node.Items)
        {
            texts[count++] = Text(item);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(texts);
    }

    /// <summary>The truth of a flag; nothing where there is none.</summary>
    public bool? Flag(Node node)
    {
        if (node.Kind == NodeKind.Flag)
        {
            return node.Flag;
        }

        if (!node.IsNothing)
        {
            NotModelled($"`{node.Text}` is not `true` or `false`", node);
        }

        return null;
    }

    /// <summary>Whether a value is a map that can be read; nothing at all is one without keys.</summary>
    public bool IsMap(Node node)
    {
        if (node.Kind == NodeKind.Map)
        {
            return true;
        }

        if (!node.IsNothing)
        {
            Refused("a block of keys is needed here", node);
        }

        return false;
    }

    /// <summary>Whether a value says something: an empty list, block or text does not.</summary>
    public static bool SaysSomething(Node node) => node.Kind switch
    {
        NodeKind.Missing or NodeKind.Null => false,
        NodeKind.List or NodeKind.Map => !node.IsEmpty,
        NodeKind.Text => node.Text.Length > 0,
        _ => true,
    };

    /// <summary>Puts Terraform's escapes away; what it would fill in is not known.</summary>
    public string TerraformText(string text, Node node)
    {
        var plain = text.Replace("$${", "", StringComparison.Ordinal).Replace("%%{", "", StringComparison.Ordinal);
        if (plain.Contains("${", StringComparison.Ordinal) || plain.Contains("%{", StringComparison.Ordinal))
        {
            NotModelled("what Terraform puts in here is not known", node);
        }

        return text.Replace("$${", "${", StringComparison.Ordinal).Replace("%%{", "%{", StringComparison.Ordinal);
    }

    private ArtefactPlace PlaceOf(Node node) => node.IsMissing ? place : node.Place;
}
