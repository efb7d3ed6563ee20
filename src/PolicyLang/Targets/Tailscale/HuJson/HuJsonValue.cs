using System.Collections.Immutable;
using PolicyLang.Diagnostics;

namespace PolicyLang.Targets.Tailscale.HuJson;

/// <summary>
/// A value of HuJSON (JSON with comments and trailing commas, the format of Tailscale's policy file) with the white space and
/// comments around it.
/// </summary>
/// <param name="body">The value itself.</param>
/// <param name="before">White space and comments between the preceding bracket, comma or colon and the value.</param>
/// <param name="after">White space and comments between the value and the following comma or colon.</param>
public sealed class HuJsonValue(HuJsonBody body, string before = "", string after = "")
{
    /// <summary>The value itself.</summary>
    public HuJsonBody Body { get; } = body;

    /// <summary>White space and comments between the preceding bracket, comma or colon and the value.</summary>
    public string Before { get; } = before;

    /// <summary>White space and comments between the value and the following comma or colon. What stands before a closing bracket belongs to the object or array.</summary>
    public string After { get; } = after;

    /// <summary>A string.</summary>
    public static HuJsonValue Text(string text, string before = "") => new(new HuJsonLiteral(HuJsonString.Quote(text)), before);

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public static HuJsonValue Flag(bool value) => new(new HuJsonLiteral(value ? "true" : "false"));

    /// <summary>An array of strings, on one line where it fits.</summary>
    public static HuJsonValue TextList(IEnumerable<string> texts) => new(new HuJsonArray([.. texts.Select(text => Text(text))]));

    /// <summary>An array with one line for each item.</summary>
    public static HuJsonValue Lines(IEnumerable<HuJsonValue> items)
        => new(new HuJsonArray([.. items.Select(item => new HuJsonValue(item.Body, "\n", item.After))]));

    /// <summary>An object on one line where it fits.</summary>
    public static HuJsonValue Object(params ImmutableArray<(string Name, HuJsonValue Value)> members)
        => new(new HuJsonObject([.. members.Select(member => new HuJsonMember(Text(member.Name), member.Value))]));

    /// <summary>An object with one line for each member.</summary>
    /// <param name="members">The members.</param>
    /// <param name="before">What stands before each name; it must hold a line break.</param>
    public static HuJsonValue ObjectLines(IEnumerable<(string Name, HuJsonValue Value)> members, string before = "\n")
        => new(new HuJsonObject([.. members.Select(member => new HuJsonMember(Text(member.Name, before), member.Value))]));
}

/// <summary>A value of HuJSON without the white space and comments around it.</summary>
public abstract class HuJsonBody
{
    private protected HuJsonBody()
    {
    }

    /// <summary>Where it stands in the text that it was read from, brackets and quotes included; empty for one that was made.</summary>
    public TextSpan Span { get; internal init; }
}

/// <summary>A string, number, <c>true</c>, <c>false</c> or <c>null</c>.</summary>
/// <param name="raw">The literal as it stands in the file.</param>
public sealed class HuJsonLiteral(string raw) : HuJsonBody
{
    /// <summary>The literal as it stands in the file.</summary>
    public string Raw { get; } = raw;

    /// <summary>Whether it is a string.</summary>
    public bool IsText => Raw.Length > 0 && Raw[0] == '"';

    /// <summary>The text of a string without quotes and escapes; the literal itself for anything else.</summary>
    public string Value => IsText ? HuJsonString.Unquote(Raw) : Raw;
}

/// <summary>An object or an array.</summary>
/// <param name="closing">White space and comments before the closing bracket.</param>
/// <param name="hasTrailingComma">Whether a comma follows the last member or item.</param>
public abstract class HuJsonComposite(string closing, bool hasTrailingComma) : HuJsonBody
{
    /// <summary>White space and comments before the closing bracket.</summary>
    public string Closing { get; } = closing;

    /// <summary>Whether a comma follows the last member or item.</summary>
    public bool HasTrailingComma { get; } = hasTrailingComma;

    /// <summary>The number of members or items.</summary>
    public abstract int Count { get; }

    /// <summary>What the formatter found out; it depends on nothing else, so that whoever comes first may leave it for the others.</summary>
    internal HuJsonShape? Shape { get; set; }

    /// <summary>The last member's value or the last item, or nothing.</summary>
    public abstract HuJsonValue? Last { get; }
}

/// <summary>An object. Names may repeat, as the file has them.</summary>
/// <param name="members">The members in file order.</param>
/// <param name="closing">White space and comments before the closing brace.</param>
/// <param name="hasTrailingComma">Whether a comma follows the last member.</param>
public sealed class HuJsonObject(ImmutableArray<HuJsonMember> members, string closing = "", bool hasTrailingComma = false)
    : HuJsonComposite(closing, hasTrailingComma)
{
    /// <summary>The members in file order.</summary>
    public ImmutableArray<HuJsonMember> Members { get; } = members;

    /// <inheritdoc/>
    public override int Count => Members.Length;

    /// <inheritdoc/>
    public override HuJsonValue? Last => Members.IsEmpty ? null : Members[^1].Value;
}

/// <summary>An array.</summary>
/// <param name="items">The items in file order.</param>
/// <param name="closing">White space and comments before the closing bracket.</param>
/// <param name="hasTrailingComma">Whether a comma follows the last item.</param>
public sealed class HuJsonArray(ImmutableArray<HuJsonValue> items, string closing = "", bool hasTrailingComma = false)
    : HuJsonComposite(closing, hasTrailingComma)
{
    /// <summary>The items in file order.</summary>
    public ImmutableArray<HuJsonValue> Items { get; } = items;

    /// <inheritdoc/>
    public override int Count => Items.Length;

    /// <inheritdoc/>
    public override HuJsonValue? Last => Items.IsEmpty ? null : Items[^1];
}

/// <summary>A member of an object.</summary>
/// <param name="Name">The name, a string literal.</param>
/// <param name="Value">The value.</param>
public readonly record struct HuJsonMember(HuJsonValue Name, HuJsonValue Value)
{
    /// <summary>The name without quotes and escapes.</summary>
    public string Key => ((HuJsonLiteral)Name.Body).Value;
}

/// <summary>How a value lies on lines.</summary>
/// <param name="First">The bytes that it adds to the line it starts on.</param>
/// <param name="Last">The bytes that it adds to the line it ends on.</param>
/// <param name="IsMultiline">Whether these are two lines.</param>
/// <param name="Expands">Whether each member or item has a line of its own.</param>
/// <param name="HasBreak">Whether a line break stands anywhere inside.</param>
internal sealed record HuJsonShape(int First, int Last, bool IsMultiline, bool Expands, bool HasBreak);
