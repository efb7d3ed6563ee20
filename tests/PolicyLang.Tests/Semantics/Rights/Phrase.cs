using System.Collections.Immutable;
using System.Text;
using PolicyLang.Diagnostics;
using PolicyLang.Projects;
using PolicyLang.Semantics.Rights;
using PolicyLang.Syntax;
using Xunit;

namespace PolicyLang.Tests.Semantics.Rights;

/// <summary>Reads phrases such as <c>[get, list] pods named "x"</c> and writes rules and findings as people would.</summary>
internal static class Phrase
{
    private static readonly SourceText Settings = new("policyc.yaml", "");

    public static readonly ImmutableArray<CustomResource> CustomResources =
    [
        Custom("certificates", "cert-manager.io", true, "status"),
        Custom("clusterissuers", "cert-manager.io", false, "status"),
        Custom("rollouts", "argoproj.io", true, "scale", "status"),
        Custom("virtualmachineinstances", "subresources.kubevirt.io", true, "console"),
    ];

    public static readonly RightsResolver Resolver = new(CustomResources);

    public static BoundRights Bind(string phrase, RightsPurpose purpose = RightsPurpose.Role)
    {
        var words = Words(new SourceText("test.policy", phrase));
        var position = 0;
        var verbs = List(words, ref position);
        var resources = List(words, ref position);
        ImmutableArray<WordSyntax> names = [];
        if (position < words.Count)
        {
            Assert.Equal("named", words[position++].Text);
            names = List(words, ref position);
        }

        Assert.Equal(words.Count, position);
        return Resolver.Bind(verbs, resources, names, purpose);
    }

    /// <summary>The rules, one a line: <c>get list | core | pods | names | scope</c>.</summary>
    public static string Expand(string phrase, int minorVersion, RightsPurpose purpose = RightsPurpose.Role)
    {
        var bound = Bind(phrase, purpose);
        Assert.Empty(bound.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error));
        var rights = bound.Expand(minorVersion);
        Assert.Empty(rights.Diagnostics);
        return Write(rights);
    }

    public static string Write(ExpandedRights rights)
    {
        var text = new StringBuilder();
        for (var i = 0; i < rights.Rules.Length; i++)
        {
            var rule = rights.Rules[i];
            text.Append(string.Join(' ', rule.Verbs)).Append(" | ")
                .Append(rule.NonResourceUrls.IsEmpty ? string.Join(' ', rule.ApiGroups.Select(g => g.Length == 0 ? "core" : g)) + " | " + string.Join(' ', rule.Resources) : string.Join(' ', rule.NonResourceUrls))
                .Append(rule.ResourceNames.IsEmpty ? "" : " | named " + string.Join(' ', rule.ResourceNames))
                .Append(" | ").Append(rights.Scopes[i]).Append('\n');
        }

        return text.ToString().TrimEnd('\n');
    }

    /// <summary>The phrase with each finding under the place that it speaks of.</summary>
    public static string Annotate(string phrase, RightsPurpose purpose = RightsPurpose.Role, int? minorVersion = null)
    {
        var bound = Bind(phrase, purpose);
        var diagnostics = minorVersion is { } version && !bound.Diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error)
            ? [.. bound.Diagnostics, .. bound.Expand(version).Diagnostics]
            : bound.Diagnostics;
        var text = new StringBuilder(phrase).Append('\n');
        foreach (var diagnostic in diagnostics)
        {
            var span = Assert.IsType<SourceLocation>(diagnostic.Location).Span;
            text.Append(' ', span.Start).Append('^', span.Length)
                .Append(' ').Append(diagnostic.Severity == DiagnosticSeverity.Warning ? "warning " : "").Append(diagnostic.Code).Append(": ").Append(diagnostic.Message)
                .Append("; ").Append(diagnostic.Help).Append('\n');
        }

        return text.ToString().TrimEnd('\n');
    }

    private static CustomResource Custom(string resource, string group, bool isNamespaced, params string[] subresources)
        => new(resource, group, isNamespaced, [.. subresources], new SourceLocation(Settings, default));

    private static ImmutableArray<WordSyntax> List(List<WordSyntax> words, ref int position)
    {
        if (words[position].Text != "[" || words[position].IsQuoted)
        {
            return [words[position++]];
        }

        var close = words.FindIndex(position, w => w.Text == "]" && !w.IsQuoted);
        ImmutableArray<WordSyntax> list = [.. words[(position + 1)..close]];
        position = close + 1;
        return list;
    }

    private static List<WordSyntax> Words(SourceText source)
    {
        var words = new List<WordSyntax>();
        var text = source.Text;
        for (var i = 0; i < text.Length;)
        {
            if (text[i] is ' ' or ',')
            {
                i++;
                continue;
            }

            var end = text[i] switch
            {
                '[' or ']' => i + 1,
                '"' => text.IndexOf('"', i + 1) + 1,
                _ => text.AsSpan(i).IndexOfAny(" ,[]") is >= 0 and var length ? i + length : text.Length,
            };
            var isQuoted = text[i] == '"';
            words.Add(new WordSyntax(isQuoted ? text[(i + 1)..(end - 1)] : text[i..end], isQuoted, new SourceLocation(source, new TextSpan(i, end - i))));
            i = end;
        }

        return words;
    }
}
