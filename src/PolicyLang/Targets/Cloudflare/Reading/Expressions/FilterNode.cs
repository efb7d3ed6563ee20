using System.Collections.Immutable;

namespace PolicyLang.Targets.Cloudflare.Reading.Expressions;

/// <summary>An expression, or a part of one. Its value is a truth value or an array of them.</summary>
internal abstract record FilterNode
{
    /// <summary>Whether the value is an array of truth values.</summary>
    public abstract bool IsArray { get; }

    public FieldType Type => IsArray ? FieldType.BoolArray : FieldType.Bool;
}

/// <summary>The logical operators; a greater one binds tighter.</summary>
internal enum LogicalOperator
{
    Or,
    Xor,
    And,
}

/// <summary>Parts joined by one operator. Over arrays it works element by element, as far as the shortest goes.</summary>
internal sealed record CombinationNode(LogicalOperator Operator, ImmutableArray<FilterNode> Operands) : FilterNode
{
    public override bool IsArray => Operands[0].IsArray;
}

/// <summary>The contrary.</summary>
internal sealed record NegationNode(FilterNode Operand) : FilterNode
{
    public override bool IsArray => Operand.IsArray;
}

/// <summary><c>any(…)</c> or <c>all(…)</c> over an array of truth values.</summary>
internal sealed record QuantifierNode(bool IsAll, FilterNode Operand) : FilterNode
{
    public override bool IsArray => false;
}

/// <summary>What a comparison says of a field.</summary>
internal sealed record ComparisonNode(FieldAccess Field, Comparison Comparison) : FilterNode
{
    public override bool IsArray => Field.EachCount > 0 || Field.Type.Kind == FieldTypeKind.Array;
}

/// <summary>A field, or a part of it.</summary>
/// <param name="Name">The field.</param>
/// <param name="Steps">The steps into it.</param>
/// <param name="Type">The type of what a comparison sees.</param>
internal sealed record FieldAccess(string Name, ImmutableArray<FieldStep> Steps, FieldType Type)
{
    /// <summary>How many steps go over every element.</summary>
    public int EachCount => Steps.Count(step => step is EachStep);

    /// <summary>Whether it is every element of the field, one after the other.</summary>
    public bool IsEachElement => Steps is [EachStep];
}

/// <summary>A step into an array or a map.</summary>
internal abstract record FieldStep;

/// <summary><c>[*]</c>.</summary>
internal sealed record EachStep : FieldStep;

/// <summary>The element at a position.</summary>
internal sealed record PositionStep(uint Position) : FieldStep;

/// <summary>The element under a key.</summary>
internal sealed record KeyStep(string Key) : FieldStep;
