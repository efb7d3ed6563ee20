using System.Collections.Frozen;

namespace PolicyLang.Targets.Cloudflare.Reading.Expressions;

/// <summary>The fields that expressions may name.</summary>
internal sealed class FilterScheme(IEnumerable<KeyValuePair<string, FieldType>> fields)
{
    private readonly FrozenDictionary<string, FieldType> _fields = fields.ToFrozenDictionary(StringComparer.Ordinal);

    public IEnumerable<string> Names => _fields.Keys;

    public FieldType? Find(string name) => _fields.GetValueOrDefault(name);
}
