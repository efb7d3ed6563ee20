using System.Text;
using CsCheck;
using PolicyLang.Reading;
using PolicyLang.Targets.Kubernetes.Reading;
using PolicyLang.Tests.Oracle;
using Xunit;

namespace PolicyLang.Conformance.Kubernetes;

/// <summary>The quick scanner and the whole parser must read alike whatever the scanner takes.</summary>
public sealed class PlainManifestTests
{
    private static readonly string[] Sample =
    [
        "apiVersion: \"rbac.authorization.k8s.io/v1\"\nkind: \"ClusterRole\"\nmetadata:\n  name: \"policyc:oncall\"\n  labels:\n    app.kubernetes.io/managed-by: \"policyc\"\n    policyc.dev/cluster: \"a\"\nrules:\n"
            + "- apiGroups:\n  - \"\"\n  resources:\n  - \"pods\"\n  - \"pods/exec\"\n  resourceNames:\n  - \"x\"\n  verbs:\n  - \"get\"\n- nonResourceURLs:\n  - \"/metrics\"\n  verbs:\n  - \"get\"\n",
        "apiVersion: \"rbac.authorization.k8s.io/v1\"\nkind: \"ClusterRoleBinding\"\nmetadata:\n  name: \"a:as:view\"\n  labels:\n    policyc.dev/cluster: \"a\"\nroleRef:\n  apiGroup: \"rbac.authorization.k8s.io\"\n  kind: \"ClusterRole\"\n"
            + "  name: \"view\"\nsubjects:\n- apiGroup: \"rbac.authorization.k8s.io\"\n  kind: \"Group\"\n  name: \"a # b\"\n- kind: \"ServiceAccount\"\n  name: \"operator\"\n  namespace: \"tailscale\"\n",
        "apiVersion: \"rbac.authorization.k8s.io/v1\"\nkind: \"RoleBinding\"\nmetadata:\n  name: \"b\"\n  namespace: \"web\"\nroleRef:\n  apiGroup: \"rbac.authorization.k8s.io\"\n  kind: \"Role\"\n  name: \"r\"\nsubjects:\n"
            + "- apiGroup: \"rbac.authorization.k8s.io\"\n  kind: \"User\"\n  name: \"jo\"\n- kind: \"ServiceAccount\"\n  name: \"ci\"\n",
        "apiVersion: \"rbac.authorization.k8s.io/v1\"\nkind: \"RoleBinding\"\nmetadata:\n  name: \"c\"\n  namespace: \"web\"\n  labels:\n    policyc.dev/cluster: \"a\"\nroleRef:\n  apiGroup: \"rbac.authorization.k8s.io\"\n  kind: \"ClusterRole\"\n"
            + "  name: \"view\"\nsubjects: []\n",
        "apiVersion: \"rbac.authorization.k8s.io/v1\"\nkind: \"ClusterRoleBinding\"\nmetadata:\n  name: \"d\"\n  labels:\n    policyc.dev/cluster: \"a\"\n  annotations:\n    kustomize.toolkit.fluxcd.io/force: \"enabled\"\nroleRef:\n  apiGroup: \"rbac.authorization.k8s.io\"\n"
            + "  kind: \"ClusterRole\"\n  name: \"view\"\nsubjects:\n- apiGroup: \"rbac.authorization.k8s.io\"\n  kind: \"Group\"\n  name: \"g\"\n",
        "apiVersion: \"v1\"\nkind: \"ConfigMap\"\nmetadata:\n  name: \"policyc-marker\"\n  namespace: \"default\"\ndata:\n  cluster: \"a\"\n",
    ];

    private static readonly string[] Inserts
        = ["\"", "\\", "#", ": ", "\n", "---\n", "  ", "é", "\t", "- ", "name: \"x\"\n", "''", "0", "null", "%", "  namespace: \"q\"\n", "...\n", "\r", "a/b", "UPPER_", "\U0001F600", "\u0085", "\u2028", "\ufeff", "    config.kubernetes.io/local-config: \"true\"\n"];

    [Fact]
    public void Every_plain_document_is_read_quickly()
    {
        Assert.All(Sample, text => Assert.True(new PlainManifestScanner(new ManifestContent()).TryRead(File(text)), text));
        Assert.True(new PlainManifestScanner(new ManifestContent()).TryRead(File(string.Join("---\n", Sample))));
    }

    [Theory]
    [InlineData("\u00c9quipe \u65e5\u672c", true)]
    [InlineData("a\U0001F600b", true)]
    [InlineData("a\u0085b", false)]
    [InlineData("a\u2028b", false)]
    [InlineData("\u00e9\\u00e9", false)]
    public void Texts_of_any_script_are_read_quickly_when_they_are_plain(string name, bool isPlain)
    {
        var file = File(Sample[1].Replace("a # b", name, StringComparison.Ordinal));
        Assert.Equal(isPlain, new PlainManifestScanner(new ManifestContent()).TryRead(file));
        AssertSame(file);
    }

    [Fact]
    public void Changed_documents_are_read_alike()
    {
        var edits = Gen.Select(Gen.Int[0, 1 << 20], Gen.Int[0, 7], Gen.Int[0, Inserts.Length - 1].Select(i => Inserts[i])).Array[0, 3];
        Gen.Select(Gen.Int[0, Sample.Length - 1].Array[1, 4], edits).Sample(
            (documents, changes) =>
            {
                var text = string.Join("---\n", documents.Select(d => Sample[d]));
                foreach (var (at, kind, insert) in changes)
                {
                    text = text.Length == 0 ? insert : Change(text, at % text.Length, kind, insert);
                }

                AssertSame(text);
            },
            iter: 4000);
    }

    [Fact]
    public void Lines_left_out_or_doubled_are_read_alike()
    {
        foreach (var document in Sample)
        {
            var lines = (Sample[0] + "---\n" + document).Split('\n');
            for (var i = 0; i < lines.Length; i++)
            {
                AssertSame(string.Join('\n', lines.Where((_, k) => k != i)));
                AssertSame(string.Join('\n', lines.SelectMany((line, k) => k == i ? new[] { line, line } : [line])));
                if (i + 1 < lines.Length)
                {
                    var swapped = lines.ToArray();
                    (swapped[i], swapped[i + 1]) = (swapped[i + 1], swapped[i]);
                    AssertSame(string.Join('\n', swapped));
                }
            }
        }
    }

    [Fact]
    public void Our_own_outputs_are_read_quickly_and_without_a_problem()
    {
        var folders = Directory.GetDirectories(Path.Combine(OracleData.RepositoryRoot, "examples")).Select(f => Path.Combine(f, "out", "kubernetes")).Where(Directory.Exists).SelectMany(Directory.GetDirectories).ToArray();
        Assert.NotEmpty(folders);
        foreach (var folder in folders)
        {
            var files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(f => new Artefact(Path.GetRelativePath(folder, f).Replace('\\', '/'), System.IO.File.ReadAllBytes(f)))
                .ToArray();
            foreach (var file in files.Where(f => f.Path != "kustomization.yaml"))
            {
                Assert.True(new PlainManifestScanner(new ManifestContent()).TryRead(file), $"{folder} {file.Path}");
                AssertSame(file);
            }

            var reading = ClusterReading.Read(files, CancellationToken.None);
            Assert.Empty(reading.Problems);
            Assert.Empty(reading.OtherEffects);
            Assert.True(reading.IsComplete);
        }
    }

    private static string Change(string text, int at, int kind, string insert) => kind switch
    {
        0 or 1 or 2 => text.Insert(at, insert),
        3 => text.Remove(at, 1),
        4 => text[..at],
        5 => text.Insert(text.IndexOf('\n', at) + 1, insert),
        6 when text.Contains("\"view\"", StringComparison.Ordinal) => text.Replace("\"view\"", $"\"{insert.Trim()}\"", StringComparison.Ordinal),
        _ => text.Remove(at, Math.Min(text.Length - at, 7)),
    };

    private static Artefact File(string text) => new("a.yaml", Encoding.UTF8.GetBytes(text));

    private static void AssertSame(string text) => AssertSame(File(text));

    private static void AssertSame(Artefact file)
    {
        var quick = new ManifestContent();
        if (!new PlainManifestScanner(quick).TryRead(file))
        {
            Assert.Empty(quick.Roles);
            Assert.Empty(quick.Bindings);
            return;
        }

        var whole = new ManifestContent();
        new ManifestReader(whole, isKustomized: false, CancellationToken.None).ReadAny(file);
        Assert.Empty(whole.Problems);
        Assert.Empty(whole.Effects);
        Assert.Equal(whole.Roles.Select(Show), quick.Roles.Select(Show));
        Assert.Equal(whole.Bindings.Select(Show), quick.Bindings.Select(Show));
    }

    private static string Show(RbacObject value)
    {
        var labels = string.Join(',', value.Metadata.Labels.Select(l => $"{l.Key}={l.Value}"));
        var content = value switch
        {
            RbacRoleObject role => string.Join(';', role.Rules.Select(OracleObjects.Show)) + (role.Selectors is null ? "" : "+"),
            RbacBindingObject binding => $"{binding.RoleRef} {string.Join(';', binding.Subjects)}",
            _ => "",
        };
        return $"{value.Kind} {value.Metadata.Namespace}/{value.Metadata.Name} [{labels}] [{string.Join(',', value.Metadata.AnnotationKeys)}] {value.Place} {value.IsDoubtful} {content}";
    }
}
