using System.Reflection;
using System.Text;
using PolicyLang.Tests.Syntax;
using Xunit;

namespace PolicyLang.Tests.EndToEnd;

/// <summary>The page that lists the tests named after traps is generated from their names. <c>POLICYC_UPDATE</c> rewrites it.</summary>
public sealed class TrapListTests
{
    [Fact]
    public void The_list_of_trap_tests_is_current()
    {
        var text = new StringBuilder("""
            # Traps

            Each system has places where a compiler that does not know them grants more than the policy says. Every such place that concerns what policyc writes is a
            test named after it. This list is generated from their names.

            """);
        var traps = typeof(TrapListTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public))
            .Where(method => method.Name.StartsWith("Trap", StringComparison.Ordinal) && method.GetCustomAttribute<FactAttribute>() is not null)
            .Select(method => (Area: AreaOf(method.DeclaringType?.Namespace ?? ""), Trap: Sentence(method.Name)))
            .Distinct()
            .GroupBy(t => t.Area)
            .OrderBy(g => g.Key, StringComparer.Ordinal);
        foreach (var area in traps)
        {
            text.Append("\n## ").Append(area.Key).Append("\n\n");
            foreach (var (_, trap) in area.OrderBy(t => t.Trap, StringComparer.Ordinal))
            {
                text.Append("- ").Append(trap).Append('\n');
            }
        }

        var path = Path.GetFullPath(Path.Combine(SampleFiles.Folder, "..", "..", "..", "docs", "traps.md"));
        if (Environment.GetEnvironmentVariable("POLICYC_UPDATE") is not null)
        {
            File.WriteAllText(path, text.ToString());
        }

        Assert.Equal(text.ToString(), File.ReadAllText(path));
    }

    private static string Sentence(string name) => name["Trap".Length..].TrimStart('_').Replace('_', ' ');

    private static string AreaOf(string space) => space.Contains(".Targets.", StringComparison.Ordinal) ? space[(space.IndexOf(".Targets.", StringComparison.Ordinal) + 9)..] : "Names, rights and access";
}
