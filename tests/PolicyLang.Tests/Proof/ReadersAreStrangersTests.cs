using System.Text.RegularExpressions;
using PolicyLang.Targets;
using PolicyLang.Tests.EndToEnd;
using Xunit;

namespace PolicyLang.Tests.Proof;

/// <summary>A reader that shared code with its writer would share its mistakes. What both may use is the format's own library.</summary>
public sealed partial class ReadersAreStrangersTests
{
    private const string Reading = "Reading";

    public static TheoryData<string> Targets => [.. TargetRegistry.All.Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(Targets))]
    public void A_reader_names_no_type_of_its_writer(string target)
    {
        var (writer, reader) = FilesOf(target);
        var own = TypesIn(reader);
        var foreign = TypesIn(writer).Except(own, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        Assert.True(foreign.Count > 5 && reader.Count > 5, "there is nothing to compare");
        Assert.Empty(reader.SelectMany(file => Words(file).Where(foreign.Contains).Select(word => $"{Path.GetFileName(file)} names {word}")).Distinct());
    }

    // Types of a namespace below one's own are seen only where it is named.
    [Theory]
    [MemberData(nameof(Targets))]
    public void A_writer_sees_no_reader_but_where_it_is_registered(string target)
        => Assert.All(FilesOf(target).Writer.Where(file => Ignored().Replace(File.ReadAllText(file), " ").Contains("Reading", StringComparison.Ordinal)), file => Assert.EndsWith("Target.cs", file, StringComparison.Ordinal));

    private static (List<string> Writer, List<string> Reader) FilesOf(string target)
    {
        var folder = Directory.EnumerateDirectories(Repository.Path("src", "PolicyLang", "Targets")).Single(d => string.Equals(Path.GetFileName(d), target, StringComparison.OrdinalIgnoreCase));
        var files = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Where(file => !file.Contains("HuJson", StringComparison.Ordinal)).ToLookup(file => file.Contains(Path.DirectorySeparatorChar + Reading + Path.DirectorySeparatorChar, StringComparison.Ordinal));
        return ([.. files[false]], [.. files[true]]);
    }

    private static HashSet<string> TypesIn(IEnumerable<string> files)
        => [.. files.SelectMany(file => Declaration().Matches(File.ReadAllText(file))).Select(match => match.Groups["name"].Value)];

    // Comments and strings may speak of anything.
    private static IEnumerable<string> Words(string file)
        => Word().Matches(Ignored().Replace(File.ReadAllText(file), " ")).Select(match => match.Value);

    [GeneratedRegex(@"^(?:public |internal )[a-z ]*?(?:class|record struct|record|struct|interface|enum)\s+(?<name>[A-Z]\w+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex("//[^\n]*|\"(?:[^\"\\\\\n]|\\\\.)*\"")]
    private static partial Regex Ignored();

    [GeneratedRegex(@"\b[A-Z]\w+")]
    private static partial Regex Word();
}
