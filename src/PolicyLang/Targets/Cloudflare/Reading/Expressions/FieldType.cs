namespace PolicyLang.Targets.Cloudflare.Reading.Expressions;

/// <summary>The kinds of values of the expression language.</summary>
internal enum FieldTypeKind
{
    Bool,
    Bytes,
    Int,
    Ip,
    Array,
    Map,
}

/// <summary>The type of a field or of a comparison.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Element">The type of the elements of an array or a map.</param>
internal sealed record FieldType(FieldTypeKind Kind, FieldType? Element = null)
{
    public static FieldType Bool { get; } = new(FieldTypeKind.Bool);

    public static FieldType Bytes { get; } = new(FieldTypeKind.Bytes);

    public static FieldType Int { get; } = new(FieldTypeKind.Int);

    public static FieldType Ip { get; } = new(FieldTypeKind.Ip);

    public static FieldType BoolArray { get; } = ArrayOf(Bool);

    public static FieldType ArrayOf(FieldType element) => new(FieldTypeKind.Array, element);

    public static FieldType MapOf(FieldType element) => new(FieldTypeKind.Map, element);

    public override string ToString() => Element is null ? Kind.ToString() : $"{Kind}<{Element}>";
}
