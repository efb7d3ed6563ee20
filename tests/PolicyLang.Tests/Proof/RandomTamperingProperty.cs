using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using PolicyLang.Access;
using PolicyLang.Diagnostics;
using PolicyLang.Projects;
using PolicyLang.Proof;
using PolicyLang.Targets;
using PolicyLang.Tests.Access;
using Xunit;

namespace PolicyLang.Tests.Proof;

/// <summary>
/// Random policies, and random edits of what they compile to: a text taken for another, a document or an object left out or written twice. Where the simulators of the
/// tests, which share nothing with the readers, find that somebody has other rights, the proof must find a difference.
/// </summary>
public sealed partial class RandomTamperingProperty
{
    private static readonly Gen<(string[] Rules, int File, int Edit, int First, int Second)> Case =
        from rules in WholePipelineProperty.Rule.Array[1, 4]
        from file in Gen.Int[0, 1000]
        from edit in Gen.Int[0, 5]
        from first in Gen.Int[0, 1000]
        from second in Gen.Int[0, 1000]
        select (rules, file, edit, first, second);

    [Fact]
    public void An_edit_that_changes_anybodys_rights_is_found()
    {
        var (changed, unchanged) = (0, 0);
        Case.Sample(
            c =>
            {
                var (settings, compilation) = WholePipelineProperty.Compile(c.Rules);
                if (compilation.HasErrors)
                {
                    return;
                }

                var access = Assert.IsType<AccessModel>(compilation.Access);
                var paths = compilation.Outputs.Values.SelectMany(files => files).Select(f => f.Path).Where(path => !path.Contains("/applier/", StringComparison.Ordinal)).ToArray();
                var path = paths[c.File % paths.Length];
                var outputs = compilation.Outputs.ToImmutableSortedDictionary(
                    o => o.Key,
                    o => o.Value.Select(f => f.Path == path ? f with { Content = Encoding.UTF8.GetBytes(Edit(Encoding.UTF8.GetString(f.Content.Span), c.Edit, c.First, c.Second)) } : f).ToImmutableArray(),
                    StringComparer.Ordinal);
                if (ViewOf(compilation with { Outputs = outputs }, access) is not { } view)
                {
                    return; // the simulators cannot read it at all
                }

                if (view == WholePipelineProperty.View(compilation, access))
                {
                    Interlocked.Increment(ref unchanged);
                    return;
                }

                Interlocked.Increment(ref changed);
                var findings = new DiagnosticBag();
                var differences = BuildProof.Compare(access, settings, TargetRegistry.All, outputs, ExistingArtefacts.None, findings, CancellationToken.None);
                Assert.True(!differences.IsEmpty || findings.HasErrors, $"{path} after edit {c.Edit} {c.First} {c.Second} gives other rights, and the proof does not see it\n{string.Join('\n', c.Rules)}");
            },
            iter: 1200);
        Assert.True(changed > 40, $"only {changed} of the edits change access ({unchanged} do not): the property says little");
    }

    private static string? ViewOf(Compilation compilation, AccessModel access)
    {
        try
        {
            return WholePipelineProperty.View(compilation, access);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return null;
        }
    }

    private static string Edit(string text, int edit, int first, int second)
    {
        var texts = QuotedText().Matches(text).ToArray();
        var blocks = Blocks(text);
        switch (edit)
        {
            case 0 when blocks.Count > 1:
                return string.Concat(blocks.Where((_, i) => i != first % blocks.Count));
            case 1 when blocks.Count > 1:
                return string.Concat(blocks.Append(blocks[first % blocks.Count]));
            case 2 when text.Split('\n') is { Length: > 2 } lines:
                return string.Join('\n', lines.Where((_, i) => i != first % lines.Length));
            default:
                if (texts.Length < 2)
                {
                    return text;
                }

                var old = texts[first % texts.Length];
                return string.Concat(text.AsSpan(0, old.Index), texts[second % texts.Length].Value, text.AsSpan(old.Index + old.Length));
        }
    }

    // Documents of YAML, objects of a list in JSON.
    private static List<string> Blocks(string text)
    {
        var separator = text.Contains("---\n", StringComparison.Ordinal) ? "---\n" : "\t\t},\n";
        var parts = text.Split(separator);
        return [.. parts.Select((part, i) => i < parts.Length - 1 ? part + separator : part)];
    }

    [GeneratedRegex("\"[^\"\\n]*\"")]
    private static partial Regex QuotedText();
}
