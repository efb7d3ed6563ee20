using System.Collections.Immutable;
using System.Globalization;

namespace PolicyLang.Targets.Cloudflare.Reading.Expressions;

/// <summary>Which language is read.</summary>
internal enum FilterDialect
{
    /// <summary>The engine's own (github.com/cloudflare/wirefilter).</summary>
    Engine,

    /// <summary>Gateway's, whose lists go by identifiers with or without dashes.</summary>
    Gateway,
}

/// <summary>Parses and type-checks expressions as Cloudflare's engine does: what it refuses is refused at the same place for the same reason.</summary>
internal sealed class FilterParser(FilterScheme scheme, FilterScanner scanner, FilterDialect dialect = FilterDialect.Engine, int mostDepth = FilterParser.MostDepth)
{
    /// <summary>How deep the engine lets constructs stand in each other.</summary>
    public const int MostDepth = 128;

    private static readonly (string Text, OrderOperator Operator)[] OrderOperators =
    [
        ("eq", OrderOperator.Equal), ("==", OrderOperator.Equal), ("ne", OrderOperator.NotEqual), ("!=", OrderOperator.NotEqual),
        ("ge", OrderOperator.GreaterThanEqual), (">=", OrderOperator.GreaterThanEqual), ("le", OrderOperator.LessThanEqual), ("<=", OrderOperator.LessThanEqual),
        ("gt", OrderOperator.GreaterThan), (">", OrderOperator.GreaterThan), ("lt", OrderOperator.LessThan), ("<", OrderOperator.LessThan),
    ];

    private static readonly (string Text, LogicalOperator Operator)[] LogicalOperators =
    [
        ("or", LogicalOperator.Or), ("||", LogicalOperator.Or), ("xor", LogicalOperator.Xor), ("^^", LogicalOperator.Xor), ("and", LogicalOperator.And), ("&&", LogicalOperator.And),
    ];

    private int _depth;

    /// <summary>Parses a whole expression.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="scheme">The fields.</param>
    /// <param name="dialect">The language.</param>
    /// <param name="error">Why it is refused.</param>
    /// <returns>The expression; nothing when it is refused.</returns>
    public static FilterNode? Parse(string text, FilterScheme scheme, FilterDialect dialect, out FilterError? error)
    {
        var trimmed = text.TrimEnd();
        var scanner = new FilterScanner(trimmed) { Position = Math.Min(trimmed.Length, text.Length - text.TrimStart().Length) };
        var node = new FilterParser(scheme, scanner, dialect).ParseLogical();
        if (node is not null && !scanner.IsAtEnd)
        {
            scanner.FailHere(FilterErrorKind.EOF, "unrecognised input");
        }
        else if (node is { IsArray: true })
        {
            scanner.FailHere(FilterErrorKind.TypeMismatch, "expected value of type Bool, but got Array<Bool>");
        }

        error = scanner.Error;
        return error is null ? node : null;
    }

    /// <summary>Parses parts joined by operators.</summary>
    public FilterNode? ParseLogical() => ParseSimple() is { } first ? ParseMore(first, LogicalOperator.Or) : null;

    /// <summary>Parses one comparison.</summary>
    public FilterNode? ParseComparison() => ParseAccess() is { } access ? ParseComparison(access) : null;

    /// <summary>Parses a field and the steps into it.</summary>
    public FieldAccess? ParseAccess()
    {
        if (ParseIdentifier() is not { } name)
        {
            return null;
        }

        var type = scheme.Find(name);
        if (type is null)
        {
            scanner.Fail(FilterErrorKind.UnknownIdentifier, scanner.Position - name.Length, scanner.Position, $"unknown identifier `{name}`");
            return null;
        }

        var steps = ImmutableArray.CreateBuilder<FieldStep>();
        while (scanner.Current == '[')
        {
            var start = scanner.Position++;
            scanner.SkipSpace();
            if (ParseStep() is not { } step)
            {
                return null;
            }

            scanner.SkipSpace();
            if (!scanner.Expect("]"))
            {
                return null;
            }

            var isLegal = step switch
            {
                EachStep => type.Kind is FieldTypeKind.Array or FieldTypeKind.Map,
                PositionStep => type.Kind == FieldTypeKind.Array,
                _ => type.Kind == FieldTypeKind.Map,
            };
            if (!isLegal)
            {
                scanner.Fail(FilterErrorKind.InvalidIndexAccess, start, scanner.Position, $"cannot access index {scanner.Source[start..scanner.Position]} for type {type}");
                return null;
            }

            steps.Add(step);
            type = type.Element!;
        }

        return new FieldAccess(name, steps.ToImmutable(), type);
    }

    /// <summary>Parses what stands between the brackets of a step.</summary>
    public FieldStep? ParseStep()
    {
        if (scanner.Take("*"))
        {
            return new EachStep();
        }

        if (scanner.Current == '"' || (scanner.Current == 'r' && scanner.Position + 1 < scanner.Source.Length && scanner.Source[scanner.Position + 1] is '"' or '#'))
        {
            return FilterLiterals.TryBytes(scanner, out var key) ? new KeyStep(key.Bytes) : null;
        }

        if (scanner.Current == '-')
        {
            scanner.FailHere(FilterErrorKind.ExpectedLiteral, "expected positive integer as index");
            return null;
        }

        if (!char.IsAsciiDigit(scanner.Current))
        {
            scanner.FailHere(FilterErrorKind.ExpectedLiteral, "expected quoted utf8 string or positive integer");
            return null;
        }

        var start = scanner.Position;
        if (!FilterLiterals.TryInt(scanner, out var position))
        {
            return null;
        }

        if (position > uint.MaxValue)
        {
            scanner.Fail(FilterErrorKind.ExpectedLiteral, start, scanner.Position, "expected positive integer as index");
            return null;
        }

        return new PositionStep((uint)position);
    }

    /// <summary>Parses the name of a field: parts of ASCII letters, digits and <c>_</c>, joined by dots.</summary>
    public string? ParseIdentifier()
    {
        var start = scanner.Position;
        do
        {
            if (scanner.Run(c => char.IsAsciiLetterOrDigit(c) || c == '_').IsEmpty)
            {
                scanner.FailHere(FilterErrorKind.ExpectedName, "expected identifier character");
                return null;
            }
        }
        while (scanner.Take("."));

        return scanner.Source[start..scanner.Position];
    }

    private FilterNode? ParseMore(FilterNode first, LogicalOperator least)
    {
        var left = first;
        var lookahead = PeekOperator(out var afterOperator);
        while (lookahead is { } op && op >= least)
        {
            // A chain of one operator is flat; parentheses keep their own.
            var operands = ImmutableArray.CreateBuilder<FilterNode>();
            operands.Add(left);
            while (lookahead == op)
            {
                scanner.Position = afterOperator;
                if (ParseSimple() is not { } right)
                {
                    return null;
                }

                lookahead = PeekOperator(out afterOperator);
                if (lookahead > op)
                {
                    if (ParseMore(right, op + 1) is not { } tighter)
                    {
                        return null;
                    }

                    right = tighter;
                    lookahead = PeekOperator(out afterOperator);
                }

                if (right.IsArray != left.IsArray)
                {
                    scanner.Position = afterOperator;
                    scanner.FailHere(FilterErrorKind.TypeMismatch, $"expected value of type {left.Type}, but got {right.Type}");
                    return null;
                }

                operands.Add(right);
            }

            left = new CombinationNode(op, operands.ToImmutable());
        }

        return left;
    }

    private LogicalOperator? PeekOperator(out int after)
    {
        var start = scanner.Position;
        after = start;
        scanner.SkipSpace();
        foreach (var (text, op) in LogicalOperators)
        {
            if (scanner.Take(text))
            {
                scanner.SkipSpace();
                after = scanner.Position;
                scanner.Position = start;
                return op;
            }
        }

        scanner.Position = start;
        return null;
    }

    private FilterNode? ParseSimple()
    {
        var start = scanner.Position;
        if (scanner.Current == '(')
        {
            return Nested(start, () =>
            {
                scanner.Position++;
                scanner.SkipSpace();
                var inner = ParseLogical();
                scanner.SkipSpace();
                return inner is not null && scanner.Expect(")") ? inner : null;
            });
        }

        if (scanner.StartsWith("not") || scanner.StartsWith("!"))
        {
            return Nested(start, () =>
            {
                scanner.Position += scanner.Current == '!' ? 1 : 3;
                scanner.SkipSpace();
                return ParseSimple() is { } operand ? new NegationNode(operand) : null;
            });
        }

        return ParseQuantifier() is (true, var quantifier) ? quantifier : scanner.Error is null ? ParseComparison() : null;
    }

    private (bool IsQuantifier, FilterNode? Node) ParseQuantifier()
    {
        var start = scanner.Position;
        var isAll = scanner.StartsWith("all");
        if (!isAll && !scanner.StartsWith("any"))
        {
            return default;
        }

        scanner.Position += 3;
        scanner.SkipSpace();
        if (scanner.Current != '(')
        {
            scanner.Position = start;
            return default;
        }

        return (true, Nested(start, () =>
        {
            scanner.Position++;
            scanner.SkipSpace();
            var argumentStart = scanner.Position;
            var argument = ParseQuantified();
            if (argument is { IsArray: false })
            {
                scanner.Fail(FilterErrorKind.TypeMismatch, argumentStart, scanner.Position, "expected value of type Array<Bool>, but got Bool");
                return null;
            }

            scanner.SkipSpace();
            return argument is not null && scanner.Expect(")") ? new QuantifierNode(isAll, argument) : null;
        }));
    }

    // Parts joined by operators stand here only when the first is in parentheses or negated: any(a or b) is an error, any((a or b)) is fine.
    private FilterNode? ParseQuantified()
    {
        if (scanner.Current is '(' or '!' || scanner.StartsWith("not"))
        {
            return ParseLogical();
        }

        var start = scanner.Position;
        var (isQuantifier, quantifier) = ParseQuantifier();
        if (isQuantifier)
        {
            return quantifier is null ? null : ParseMore(quantifier, LogicalOperator.Or);
        }

        scanner.Position = start;
        return ParseComparison();
    }

    private FilterNode? Nested(int start, Func<FilterNode?> parse)
    {
        if (_depth == mostDepth)
        {
            scanner.Fail(FilterErrorKind.NestingLimitExceeded, start, scanner.Source.Length, $"nesting is deeper than {mostDepth.ToString(CultureInfo.InvariantCulture)}");
            return null;
        }

        _depth++;
        var node = parse();
        _depth--;
        return node;
    }

    private ComparisonNode? ParseComparison(FieldAccess access)
    {
        var isWhole = access.EachCount == 0;
        if (access.Type == FieldType.Bool || (isWhole && access.Type == FieldType.BoolArray))
        {
            return new ComparisonNode(access, new IsTrueComparison());
        }

        scanner.SkipSpace();
        var start = scanner.Position;
        if (Innermost(access.Type) == FieldTypeKind.Bool)
        {
            scanner.FailHere(FilterErrorKind.UnsupportedOp, $"cannot perform this operation on type {access.Type}");
            return null;
        }

        return ParseOperation(access.Type, start) is { } comparison ? new ComparisonNode(access, comparison) : null;
    }

    private Comparison? ParseOperation(FieldType type, int start)
    {
        if (scanner.Take("in"))
        {
            return type.Kind is FieldTypeKind.Bytes or FieldTypeKind.Int or FieldTypeKind.Ip ? ParseMembership(type) : Unsupported(type, start);
        }

        foreach (var (text, op) in OrderOperators)
        {
            if (scanner.Take(text))
            {
                var end = scanner.Position;
                scanner.SkipSpace();
                return ParseValue(type, start, end) is { } value ? new OrderComparison(op, value) : null;
            }
        }

        if (scanner.Take("&") || scanner.Take("bitwise_and"))
        {
            return ParseOperand(type, FieldTypeKind.Int, start, () => FilterLiterals.TryInt(scanner, out var mask) ? new BitsComparison(mask) : null);
        }

        if (scanner.Take("contains"))
        {
            return ParseOperand(type, FieldTypeKind.Bytes, start, () => FilterLiterals.TryBytes(scanner, out var part) ? new ContainsComparison(part) : null);
        }

        if (scanner.Take("~") || scanner.Take("matches"))
        {
            return ParseOperand(type, FieldTypeKind.Bytes, start, () => FilterLiterals.TryRegex(scanner, out var pattern) ? pattern : null);
        }

        var isStrict = scanner.Take("strict wildcard");
        if (isStrict || scanner.Take("wildcard"))
        {
            return ParseOperand(type, FieldTypeKind.Bytes, start, () => FilterLiterals.TryWildcard(scanner, isStrict, out var pattern) ? pattern : null);
        }

        scanner.FailHere(FilterErrorKind.ExpectedName, "expected ComparisonOp");
        return null;
    }

    private Comparison? ParseOperand(FieldType type, FieldTypeKind expected, int start, Func<Comparison?> parse)
    {
        if (type.Kind != expected)
        {
            return Unsupported(type, start);
        }

        scanner.SkipSpace();
        return parse();
    }

    private Comparison? Unsupported(FieldType type, int start)
    {
        scanner.Fail(FilterErrorKind.UnsupportedOp, start, scanner.Position, $"cannot perform this operation on type {type}");
        return null;
    }

    private FilterValue? ParseValue(FieldType type, int operatorStart, int operatorEnd)
    {
        switch (type.Kind)
        {
            case FieldTypeKind.Bytes:
                return FilterLiterals.TryBytes(scanner, out var bytes) ? bytes : null;
            case FieldTypeKind.Int:
                return FilterLiterals.TryInt(scanner, out var number) ? new IntValue(number) : null;
            case FieldTypeKind.Ip:
                return FilterLiterals.TryIp(scanner, out var address) ? new IpValue(address) : null;
            default:
                scanner.Fail(FilterErrorKind.UnsupportedOp, operatorStart, operatorEnd, $"cannot perform this operation on type {type}");
                return null;
        }
    }

    private Comparison? ParseMembership(FieldType type)
    {
        scanner.SkipSpace();
        if (scanner.Current == '$')
        {
            return FilterLiterals.TryListName(scanner, dialect, out var list) ? new InListComparison(list) : null;
        }

        if (!scanner.Expect("{"))
        {
            return null;
        }

        return type.Kind switch
        {
            FieldTypeKind.Bytes => ParseItems<BytesValue>((out BytesValue? item) => FilterLiterals.TryBytes(scanner, out item)) is { } texts ? new OneOfBytesComparison(texts) : null,
            FieldTypeKind.Int => ParseItems<(long, long)>((out (long, long) item) => FilterLiterals.TryIntRange(scanner, out item)) is { } numbers ? new OneOfIntComparison(numbers) : null,
            _ => ParseItems<AddressRange>((out AddressRange item) => FilterLiterals.TryIpRange(scanner, out item)) is { } ranges ? new OneOfIpComparison(new AddressSet(ranges)) : null,
        };
    }

    private delegate bool TryItem<T>(out T? item);

    private ImmutableArray<T>? ParseItems<T>(TryItem<T> tryItem)
    {
        var items = ImmutableArray.CreateBuilder<T>();
        while (true)
        {
            scanner.SkipSpace();
            if (scanner.Take("}"))
            {
                return items.ToImmutable();
            }

            if (!tryItem(out var item))
            {
                return null;
            }

            items.Add(item!);
        }
    }

    private static FieldTypeKind Innermost(FieldType type)
    {
        while (type.Element is { } element)
        {
            type = element;
        }

        return type.Kind;
    }
}
