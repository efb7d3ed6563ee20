using System.Collections.Immutable;
using PolicyLang.Data;
using PolicyLang.Diagnostics;

namespace PolicyLang.Linting.Artefacts.Terraform;

/// <summary>A resource or a data source of Terraform.</summary>
/// <param name="IsData">Whether it is a data source.</param>
/// <param name="Type">Its type.</param>
/// <param name="Name">Its name.</param>
/// <param name="NameLocation">Where the name stands.</param>
/// <param name="Body">What it says.</param>
/// <param name="Module">The folder of its file: the module.</param>
internal sealed record TerraformResource(bool IsData, string Type, string Name, SourceLocation NameLocation, DataMap Body, string Module)
{
    /// <summary>How other resources of the module name it.</summary>
    public string Address => IsData ? $"data.{Type}.{Name}" : $"{Type}.{Name}";

    /// <summary>Whether Terraform decides how many of it there are.</summary>
    public bool IsRepeated => Body.Find("count") is not null || Body.Find("for_each") is not null;
}

/// <summary>The resources of a run's Terraform files, in both syntaxes.</summary>
internal sealed class TerraformResources
{
    private readonly Dictionary<string, ImmutableArray<TerraformResource>> _byType;

    private TerraformResources(ImmutableArray<TerraformResource> all, ImmutableArray<(string Module, DataMap Body)> settings, ILookup<(string Module, string Name), DataNode> locals)
    {
        All = all;
        Locals = locals;
        Settings = settings;
        _byType = all.Where(resource => !resource.IsData).GroupBy(resource => resource.Type, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.ToImmutableArray(), StringComparer.Ordinal);
    }

    /// <summary>All resources and data sources, in the order of the files.</summary>
    public ImmutableArray<TerraformResource> All { get; }

    /// <summary>The blocks that set up Terraform itself, by module.</summary>
    public ImmutableArray<(string Module, DataMap Body)> Settings { get; }

    /// <summary>The local values, by module and name.</summary>
    public ILookup<(string Module, string Name), DataNode> Locals { get; }

    /// <summary>Whether a file is in Terraform's JSON syntax.</summary>
    public static bool IsJson(string path) => path.EndsWith(".tf.json", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a file is Terraform's.</summary>
    public static bool IsTerraform(string path) => path.EndsWith(".tf", StringComparison.OrdinalIgnoreCase) || IsJson(path);

    /// <summary>The folder of a file: the module.</summary>
    public static string ModuleOf(string path) => path.LastIndexOf('/') is >= 0 and var slash ? path[..slash] : "";

    /// <summary>Reads the resources of files.</summary>
    public static TerraformResources Read(ImmutableArray<ArtefactFile> files)
    {
        var all = ImmutableArray.CreateBuilder<TerraformResource>();
        var settings = ImmutableArray.CreateBuilder<(string, DataMap)>();
        var locals = new List<(string Module, DataEntry Entry)>();
        foreach (var file in files.Where(file => IsTerraform(file.Source.Path)))
        {
            var module = ModuleOf(file.Source.Path);
            foreach (var entry in file.Documents.SelectMany(TerraformData.Blocks).SelectMany(root => root.Entries))
            {
                switch (entry.Key)
                {
                    case "terraform":
                        settings.AddRange(TerraformData.Blocks(entry.Value).Select(block => (module, block)));
                        break;
                    case "locals":
                        locals.AddRange(TerraformData.Blocks(entry.Value).SelectMany(block => block.Entries).Select(local => (module, local)));
                        break;
                    case "resource" or "data":
                        AddAll(all, entry, module);
                        break;
                }
            }
        }

        return new TerraformResources(all.ToImmutable(), settings.ToImmutable(), locals.ToLookup(local => (local.Module, local.Entry.Key), local => local.Entry.Value));
    }

    /// <summary>The resources of a type, in the order of the files.</summary>
    public ImmutableArray<TerraformResource> Of(string type) => _byType.TryGetValue(type, out var resources) ? resources : [];

    private static void AddAll(ImmutableArray<TerraformResource>.Builder all, DataEntry kind, string module)
    {
        foreach (var type in TerraformData.Blocks(kind.Value).SelectMany(map => map.Entries))
        {
            foreach (var name in TerraformData.Blocks(type.Value).SelectMany(map => map.Entries))
            {
                all.AddRange(TerraformData.Blocks(name.Value).Select(body => new TerraformResource(kind.Key == "data", type.Key, name.Key, name.KeyLocation, body, module)));
            }
        }
    }
}
