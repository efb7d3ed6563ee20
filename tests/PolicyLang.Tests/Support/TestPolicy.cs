using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Projects;
using PolicyLang.Semantics;
using Xunit;

namespace PolicyLang.Tests.Support;

/// <summary>Compiles a policy text up to the access model, with fake paths.</summary>
internal static class TestPolicy
{
    public static readonly DateOnly Today = new(2026, 11, 23);

    /// <summary>Declarations that most tests need: three clusters, people and roles.</summary>
    public const string Company = """
        default via tailscale
        cluster prod { labels { env = "prod" } tailscale { tag = "tag:prod" } teleport { label = "c=prod" } cloudflare { addresses = "198.51.100.1" } authentication { oidc { people = okta groups_prefix = "oidc:" users_prefix = "oidc:" } } }
        cluster stg  { labels { env = "stg" }  tailscale { tag = "tag:stg" }  teleport { label = "c=stg" } }
        cluster dev  { labels { env = "dev" }  tailscale { tag = "tag:dev" } }
        fleet production = clusters where env = "prod"
        group sre      { members = [alice@acme.com, bob@acme.com] github = "acme/sre" okta = "SRE" }
        group payments { okta = "Payments" github = "acme/payments" tailscale = "group:payments@acme.com" }
        group contractors { okta = "Contractors" github = "acme/contractors" tailscale = "group:contractors@acme.com" }
        machine deployer { tailscale = "tag:ci" teleport = "bot-deployer" }
        posture managed { tailscale = "x" teleport = "x" cloudflare = "x" }
        role view  = clusterrole "view"
        role admin = clusterrole "cluster-admin"
        role oncall { include view can exec pods }

        """;

    public static Compilation Compile(string policy, params (string Path, string Text)[] files) => Compile([("test.policy", policy)], files);

    public static Compilation Compile((string Path, string Text)[] policies, params (string Path, string Text)[] files) => PolicyCompiler.Compile(InputOf(policies, files));

    public static CompilationInput InputOf((string Path, string Text)[] policies, params (string Path, string Text)[] files) => new(
        Settings,
        [.. policies.Select(p => new SourceText(p.Path, p.Text))],
        new MemoryFiles(files.ToDictionary(f => f.Path, f => f.Text, StringComparer.Ordinal)),
        [new FakeTarget(FakePathKind.Tailscale), new FakeTarget(FakePathKind.Teleport), new FakeTarget(FakePathKind.Cloudflare)],
        Today);

    /// <summary>The access model of a policy without errors.</summary>
    public static AccessModel Access(string policy, params (string Path, string Text)[] files)
    {
        var compilation = Compile(policy, files);
        Assert.True(!compilation.HasErrors, string.Join('\n', compilation.Diagnostics.Select(d => $"{d.Code} {d.Location}: {d.Message}")));
        return Assert.IsType<AccessModel>(compilation.Access);
    }

    /// <summary>Asserts that a policy has exactly these findings: the code and the text that it points at.</summary>
    public static ImmutableArray<Diagnostic> Finds(string policy, params (string Code, string At)[] expected)
    {
        var found = Compile(policy).Diagnostics;
        Assert.Equal(expected.Order(), found.Select(d => (d.Code, d.Location?.Text ?? "")).Order());
        return found;
    }

    public static ProjectSettings Settings { get; } = new(
        ["**/*.policy"],
        "out",
        false,
        new[] { "github", "okta", "email" }.ToImmutableSortedDictionary(n => n, n => new IdentityProvider(n, n, null), StringComparer.Ordinal),
        ImmutableSortedDictionary<string, AccessPath>.Empty,
        HasPathSection: false,
        KubernetesMinorVersion: 33,
        [],
        ImmutableSortedDictionary<string, SettingBlock>.Empty);

    private sealed class MemoryFiles(Dictionary<string, string> files) : IProjectFiles
    {
        private static readonly DiagnosticDescriptor Missing = new("file-not-found", DiagnosticSeverity.Error, "a file is missing");

        public ImmutableArray<string> Find(IReadOnlyCollection<string> patterns, DiagnosticBag diagnostics) => [];

        public SourceText? Read(string path, SourceLocation? requestedAt, DiagnosticBag diagnostics)
        {
            if (files.TryGetValue(path, out var text))
            {
                return new SourceText(path, text);
            }

            diagnostics.Report(Missing, requestedAt, $"`{path}` is missing");
            return null;
        }
    }
}
