using System.Collections.Immutable;

namespace PolicyLang.Targets.Cloudflare.Reading.Expressions;

/// <summary>The value of a field, or a value that an expression writes.</summary>
internal abstract record FilterValue;

/// <summary>A truth value.</summary>
internal sealed record BoolValue(bool Value) : FilterValue;

/// <summary>Bytes.</summary>
/// <param name="Bytes">The bytes (<see cref="ByteStrings"/>).</param>
/// <param name="IsByteSequence">Whether they were written as a sequence of numbers, such as <c>61:62</c>.</param>
internal sealed record BytesValue(string Bytes, bool IsByteSequence = false) : FilterValue;

/// <summary>A number.</summary>
internal sealed record IntValue(long Value) : FilterValue;

/// <summary>An address.</summary>
internal sealed record IpValue(Address Value) : FilterValue;

/// <summary>Values in an order.</summary>
internal sealed record ArrayValue(ImmutableArray<FilterValue> Items) : FilterValue;

/// <summary>Values by key; keys are bytes.</summary>
internal sealed record MapValue(ImmutableSortedDictionary<string, FilterValue> Items) : FilterValue;
