using PolicyLang.Diagnostics;
using PolicyLang.Targets.Tailscale.HuJson;

namespace PolicyLang.Targets.Tailscale.Splicing;

/// <summary>A policy file that people write, as far as it matters to what policyc puts into it. What an earlier build put there is left out.</summary>
internal sealed class TailnetBase
{
    // Keys are matched as the control plane matches them, whatever their case.
    private readonly Dictionary<string, HuJsonMember> _sections = new(StringComparer.OrdinalIgnoreCase);

    private TailnetBase(SourceText source, MarkedBlocks blocks, HuJsonObject root)
    {
        Source = source;
        Blocks = blocks;
        Root = root;
    }

    /// <summary>The file.</summary>
    public SourceText Source { get; }

    /// <summary>The file's text without what policyc put there; all spans are of that text.</summary>
    public MarkedBlocks Blocks { get; }

    /// <summary>The file's object.</summary>
    public HuJsonObject Root { get; }

    /// <summary>The line break that the file uses.</summary>
    public string LineBreak => Source.Text.IndexOf('\n', StringComparison.Ordinal) is var feed and > 0 && Source.Text[feed - 1] == '\r' ? "\r\n" : "\n";

    /// <summary>Reads a base; reports why it cannot be one and then returns nothing.</summary>
    public static TailnetBase? Read(SourceText source, DiagnosticBag diagnostics)
    {
        if (MarkedBlocks.Find(source, diagnostics) is not { } blocks)
        {
            return null;
        }

        HuJsonValue value;
        try
        {
            value = HuJsonParser.Parse(blocks.Text);
        }
        catch (HuJsonException exception)
        {
            diagnostics.Report(
                TailscaleDiagnostics.BaseSyntax,
                blocks.LocationOf(new TextSpan(Math.Min(exception.Offset, blocks.Text.Length), exception.Offset < blocks.Text.Length ? 1 : 0)),
                $"`{source.Path}` is no HuJSON: {exception.Message}",
                "correct it; the control plane would refuse it too");
            return null;
        }

        if (value.Body is not HuJsonObject root)
        {
            diagnostics.Report(TailscaleDiagnostics.BaseSyntax, blocks.LocationOf(new TextSpan(value.Body.Span.Start, 1)), $"`{source.Path}` is no policy file: it holds no object", "a policy file is an object `{ … }`");
            return null;
        }

        var found = new TailnetBase(source, blocks, root);
        return found.CollectSections(diagnostics) ? found : null;
    }

    /// <summary>The member with a key in an object of the file, whatever the key's case.</summary>
    public static HuJsonMember? Find(HuJsonObject? container, string key)
    {
        foreach (var member in container?.Members ?? [])
        {
            if (string.Equals(member.Key, key, StringComparison.OrdinalIgnoreCase))
            {
                return member;
            }
        }

        return null;
    }

    /// <summary>A section of the file.</summary>
    public HuJsonMember? Section(string name) => _sections.TryGetValue(name, out var member) ? member : null;

    /// <summary>The members of a section that is an object; nothing where there is none.</summary>
    public IEnumerable<HuJsonMember> MembersOf(string section) => Section(section)?.Value.Body is HuJsonObject found ? found.Members : [];

    /// <summary>Whether the file has a section that makes it say who may reach what. Without one, everybody may reach everything.</summary>
    public bool HasRules => Section("grants") is not null || Section("acls") is not null;

    /// <summary>A place in the file.</summary>
    public SourceLocation LocationOf(HuJsonValue value) => Blocks.LocationOf(value.Body is HuJsonComposite ? new TextSpan(value.Body.Span.Start, 1) : value.Body.Span);

    private bool CollectSections(DiagnosticBag diagnostics)
    {
        var isSound = true;
        foreach (var member in Root.Members)
        {
            if (_sections.TryAdd(member.Key, member))
            {
                continue;
            }

            isSound = false;
            diagnostics.Report(
                TailscaleDiagnostics.BaseSection,
                LocationOf(member.Name),
                $"`{member.Key}` stands twice in `{Source.Path}`, so it is not known which of the two counts",
                "put both into one",
                new RelatedLocation(LocationOf(_sections[member.Key].Name), "also here"));
        }

        foreach (var (name, isObject) in new[] { ("groups", true), ("tagOwners", true), ("autoApprovers", true), ("postures", true), ("grants", false), ("tests", false) })
        {
            if (Section(name) is { } member)
            {
                isSound &= IsOfKind(member, isObject, diagnostics);
            }
        }

        return Find(Section("autoApprovers")?.Value.Body as HuJsonObject, "services") is { } services ? isSound & IsOfKind(services, isObject: true, diagnostics) : isSound;
    }

    private bool IsOfKind(HuJsonMember member, bool isObject, DiagnosticBag diagnostics)
    {
        if (isObject ? member.Value.Body is HuJsonObject : member.Value.Body is HuJsonArray)
        {
            return true;
        }

        diagnostics.Report(
            TailscaleDiagnostics.BaseSection,
            LocationOf(member.Value),
            $"`{member.Key}` of `{Source.Path}` is no {(isObject ? "object" : "list")}, so nothing can be added to it",
            isObject ? "write `{}` for none" : "write `[]` for none");
        return false;
    }
}
