using PolicyLang.Diagnostics;
using PolicyLang.Projects;
using PolicyLang.Targets;
using PolicyLang.Tests.Support;

namespace PolicyLang.Tests.EndToEnd;

/// <summary>Compiles a project in memory with the real loader and targets.</summary>
internal static class WholeProject
{
    public static Compilation Compile(string policy, string? projectFile = null, params (string Path, string Text)[] files)
    {
        var all = files.Append(("test.policy", policy));
        var memory = new InMemoryProjectFiles([.. projectFile is null ? all : all.Append(("policyc.yaml", projectFile))]);
        var diagnostics = new DiagnosticBag();
        var project = ProjectLoader.Load(memory, TargetRegistry.All, "0.1.0", diagnostics);
        if (diagnostics.HasErrors)
        {
            return new Compilation(diagnostics.ToSortedArray(), null, System.Collections.Immutable.ImmutableSortedDictionary<string, System.Collections.Immutable.ImmutableArray<OutputFile>>.Empty, [], []);
        }

        return PolicyCompiler.Compile(new CompilationInput(project.Settings, project.Policies, memory, TargetRegistry.All, DesignSample.Today));
    }

    /// <summary>The findings as <c>code [text]</c>.</summary>
    public static string[] Findings(string policy, string? projectFile = null, params (string Path, string Text)[] files)
        => [.. Compile(policy, projectFile, files).Diagnostics.Select(d => $"{d.Code} [{d.Location?.Text}]")];
}
