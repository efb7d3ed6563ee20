using PolicyLang.Tests.Git;
using Xunit;

namespace PolicyLang.Tests.Cli;

public sealed class DiffCommandTests : IDisposable
{
    private const string Policy = """
        cluster prod { labels { env = "prod" }  tailscale { tag = "tag:k8s-prod" } }
        group sre { members = [alice@acme.com, bob@acme.com] }
        role view = clusterrole "view"
        role debug { include view  can exec pods }
        allow sre as view on prod cluster-wide because "INFRA-1"
        never bob@acme.com can delete pods on prod

        """;

    private readonly CliTestHost _cli = GitFolder.Host();

    public DiffCommandTests()
    {
        _cli.Folder.Write("access.policy", Policy);
        GitFolder.Commit(_cli.Folder);
    }

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void The_working_tree_is_compared_with_a_revision()
    {
        Assert.Equal(new CliResult(0, "unchanged  (main → the working tree)\n", ""), _cli.Run("diff", "main"));
        _cli.Folder.Write("moved/other.policy", "# moved\n" + Policy.Replace(" as view", "\n  as view", StringComparison.Ordinal));
        File.Delete(_cli.Folder.Full("access.policy"));
        Assert.Equal(new CliResult(0, "unchanged  (main → the working tree)\n", ""), _cli.Run("diff", "main", "--fail-on", "any"));
        _cli.Folder.Write("moved/more.policy", "allow carol@acme.com as debug on prod in web, db until 2027-01-01 because \"INFRA-2\"\n");
        const string expected = """
            wider  (main → the working tree)

            new rule  moved/more.policy:1  because "INFRA-2"
              + carol@acme.com gains debug in db, web on prod via tailscale until 2027-01-01

            note: rests on 4 new assumptions: 2 × namespace-exists, 1 × rebuilt-daily, 1 × clusterrole-content

            """;
        var result = _cli.Run("diff", "main");
        Assert.Equal(expected[..expected.IndexOf("note:", StringComparison.Ordinal)], result.Output[..result.Output.IndexOf("note:", StringComparison.Ordinal)]);
        Assert.Equal((0, ""), (result.Status, result.Error));
    }

    [Theory]
    [InlineData("allow bob@acme.com as debug on prod cluster-wide", "", 1, 0, 0, 1)]
    [InlineData("", "allow sre as view on prod cluster-wide because \"INFRA-1\"", 0, 1, 0, 1)]
    [InlineData("allow sre as view on prod in web", "allow sre as view on prod cluster-wide because \"INFRA-1\"", 0, 1, 0, 1)]
    [InlineData("", "never bob@acme.com can delete pods on prod", 1, 0, 1, 1)]
    [InlineData("never dave@acme.com on prod", "", 0, 0, 0, 0)]
    public void Fail_on_decides_the_status(string added, string removed, int wider, int narrower, int weakerGuard, int any)
    {
        _cli.Folder.Write("access.policy", (removed.Length == 0 ? Policy : Policy.Replace(removed, "", StringComparison.Ordinal)) + added);
        Assert.Equal(
            [0, wider, narrower, weakerGuard, any],
            new[] { "", "wider", "narrower", "weaker-guard", "any" }.Select(on => on.Length == 0 ? _cli.Run("diff", "main").Status : _cli.Run("diff", "main", "--fail-on", on).Status));
    }

    [Fact]
    public void Revisions_and_ranges_name_the_same_two_sides()
    {
        GitFolder.Run(_cli.Folder, "checkout", "-q", "-b", "feature");
        _cli.Folder.Write("access.policy", Policy + "allow carol@acme.com as view on prod cluster-wide\n");
        GitFolder.Commit(_cli.Folder);
        GitFolder.Run(_cli.Folder, "checkout", "-q", "main");
        _cli.Folder.Write("access.policy", Policy.Replace("alice@acme.com, ", "", StringComparison.Ordinal));
        GitFolder.Commit(_cli.Folder);
        var two = _cli.Run("diff", "main", "feature").Output;
        Assert.Contains("+ alice@acme.com gains view", two, StringComparison.Ordinal);
        Assert.Contains("+ carol@acme.com gains view", two, StringComparison.Ordinal);
        Assert.Equal(two, _cli.Run("diff", "main..feature").Output);
        Assert.Equal(two.Replace("main →", "HEAD →", StringComparison.Ordinal), _cli.Run("diff", "..feature").Output);

        var pullRequest = _cli.Run("diff", "main...feature").Output;
        Assert.StartsWith("wider  (main (where feature left it) → feature)\n", pullRequest, StringComparison.Ordinal);
        Assert.DoesNotContain("alice", pullRequest, StringComparison.Ordinal);
        Assert.Contains("+ carol@acme.com gains view", pullRequest, StringComparison.Ordinal);
    }

    [Fact]
    public void A_project_below_the_root_is_found_from_inside_it_and_by_name()
    {
        _cli.Folder.Write("team a/policyc.yaml", "language: 1\n");
        _cli.Folder.Write("team a/p.policy", Policy);
        _cli.Folder.Write("team a/sub/x", "");
        GitFolder.Commit(_cli.Folder);
        _cli.Folder.Write("team a/p.policy", Policy + "allow carol@acme.com as view on prod cluster-wide\n");
        var named = _cli.Run("diff", "HEAD", "team a").Output;
        Assert.Contains("+ carol@acme.com gains view cluster-wide on prod via tailscale", named, StringComparison.Ordinal);
        GitFolder.Commit(_cli.Folder);
        Assert.Contains("+ carol@acme.com gains view", _cli.Run("diff", "HEAD~1..HEAD", "team a").Output, StringComparison.Ordinal);
        Assert.Contains("+ carol@acme.com gains view", _cli.Run("diff", "HEAD~1", "HEAD", "team a").Output, StringComparison.Ordinal);
        _cli.WorkingDirectory = "team a/sub";
        Assert.Contains("+ carol@acme.com gains view", _cli.Run("diff", "HEAD~1..HEAD").Output, StringComparison.Ordinal);
        Assert.Equal(new CliResult(2, "", "error: revision `HEAD~2` has no folder `team a`\nhelp: name the project's folder in both revisions: `policyc diff OLD NEW PROJECT`\n"), _cli.Run("diff", "HEAD~2"));
    }

    [Fact]
    public void Two_folders_need_no_git()
    {
        _cli.Environment.Clear();
        _cli.Folder.Write("old/a.policy", Policy);
        _cli.Folder.Write("new/a.policy", Policy.Replace("as view on", "as debug on", StringComparison.Ordinal));
        const string expected = """
            wider  (./old → new)

            rule edited: `as view` → `as debug`  a.policy:5  because "INFRA-1"
              + sre gains exec pods cluster-wide on prod via tailscale

            """;
        Assert.Equal(expected, _cli.Run("diff", "./old", "new").Output);
    }

    [Theory]
    [InlineData("error: there is no revision `mian`\nhelp: did you mean `main`?\n", "mian")]
    [InlineData("error: there is no revision `nowhere`\nhelp: it can be a branch, a tag or a commit; a folder is written with a slash, such as `./old`\n", "main", "nowhere")]
    [InlineData("error: there is no revision `nowhere`\nhelp: it can be a branch, a tag or a commit; a folder is written with a slash, such as `./old`\n", "nowhere...main")]
    [InlineData("error: there is no revision `HEAD:access.policy`\nhelp: it can be a branch, a tag or a commit; a folder is written with a slash, such as `./old`\n", "HEAD:access.policy")]
    [InlineData("error: the project `./nowhere` does not exist\n", "./nowhere", "main")]
    [InlineData("error: the project `../nowhere` does not exist\n", "main", "../nowhere")]
    [InlineData("error: the project `nowhere` does not exist\n", "main", "HEAD", "nowhere")]
    [InlineData("error: a project folder may follow only two revisions\nhelp: to compare two folders name these alone: `policyc diff OLD NEW`\n", "main", "./x", "./y")]
    [InlineData("error: behind the range `main..HEAD` only a project folder may follow\n", "main..HEAD", "main", "x")]
    [InlineData("error: `both` is a folder and a revision\nhelp: write `./both` for the folder, `refs/heads/both` or `refs/tags/both` for the revision\n", "both")]
    [InlineData("error: `policyc diff` has no option `-x`\nhelp: see `policyc diff --help`\n", "-x")]
    [InlineData("error: `--fail-on` takes `wider` or `narrower` or `weaker-guard` or `any`, not `gain`\nhelp: see `policyc diff --help`\n", "main", "--fail-on", "gain")]
    public void What_cannot_be_compared_is_status_2_with_a_hint(string error, params string[] operands)
    {
        _cli.Folder.Write("both/a.policy", Policy);
        GitFolder.Run(_cli.Folder, "branch", "both");
        Assert.Equal(new CliResult(2, "", error), _cli.Run(["diff", .. operands]));
    }

    [Fact]
    public void Outside_a_repository_and_without_git_two_folders_are_asked_for()
    {
        Directory.Move(_cli.Folder.Full(".git"), _cli.Folder.Full("git-away"));
        Assert.Equal(new CliResult(2, "", $"error: `{_cli.Folder.Path}` is in no git repository\nhelp: name two folders: `policyc diff OLD NEW`\n"), _cli.Run("diff", "main"));
    }

    /// <summary>Whoever may add a file to a repository must not choose what a reviewer runs.</summary>
    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData(".:bin:")]
    public void A_git_that_stands_in_the_working_directory_is_not_run(string path)
    {
        foreach (var place in new[] { "git", "bin/git" })
        {
            _cli.Folder.Write(place, "#!/bin/sh\ntouch was-run\n");
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(_cli.Folder.Full(place), UnixFileMode.UserRead | UnixFileMode.UserExecute);
            }
        }

        _cli.Environment["PATH"] = path;
        Assert.Equal(new CliResult(2, "", "error: there is no `git` on the PATH\nhelp: install it, or name two folders: `policyc diff OLD NEW`\n"), _cli.Run("diff", "main"));
        Assert.False(_cli.Folder.Exists("was-run"));
    }

    [Fact]
    public void A_policy_that_does_not_compile_is_named_with_its_errors()
    {
        _cli.Folder.Write("access.policy", Policy + "allow nobody as view on prod cluster-wide\n");
        var broken = _cli.Run("diff", "main");
        Assert.StartsWith("error[unknown-name]", broken.Output, StringComparison.Ordinal);
        Assert.Equal((1, "error: `the working tree` does not compile, so there is nothing to compare\n"), (broken.Status, broken.Error));

        GitFolder.Commit(_cli.Folder);
        Assert.Equal((2, "error: `main` and `the working tree` do not compile, so there is nothing to compare\n"), Status(_cli.Run("diff", "main")));
        _cli.Folder.Write("access.policy", Policy);
        Assert.Equal((2, "error: `main` does not compile, so there is nothing to compare\n"), Status(_cli.Run("diff", "main")));
        File.Delete(_cli.Folder.Full("access.policy"));
        Assert.Equal((2, "error: `the working tree` does not compile, so there is nothing to compare\n"), Status(_cli.Run("diff", "main~1")));

        static (int, string) Status(CliResult result) => (result.Status, result.Error);
    }

    [Fact]
    public void Both_sides_are_compiled_for_one_day_read_once()
    {
        _cli.Folder.Write("access.policy", Policy.Replace(" because \"INFRA-1\"", " until 2026-12-31", StringComparison.Ordinal));
        Assert.StartsWith("narrower", _cli.Run("diff", "main").Output, StringComparison.Ordinal);
        Assert.Equal(1, _cli.ClockReads);
        GitFolder.Commit(_cli.Folder);
        _cli.Folder.Write("access.policy", Policy.Replace("allow sre as view on prod cluster-wide because \"INFRA-1\"", "", StringComparison.Ordinal));
        Assert.StartsWith("narrower", _cli.Run("diff", "main", "--as-of", "2026-12-31").Output, StringComparison.Ordinal);
        Assert.StartsWith("unchanged", _cli.Run("diff", "main", "--as-of", "2027-01-01").Output, StringComparison.Ordinal);
        Assert.Equal(1, _cli.ClockReads);
    }

    [Fact]
    public void Markdown_keeps_names_in_code_and_words_as_words()
    {
        _cli.Folder.Write("access.policy", Policy.Replace("never bob@acme.com can delete pods on prod", "", StringComparison.Ordinal) + "allow carol@acme.com as view on prod cluster-wide because \"`x` <img> @team | **\"\n");
        const string expected = """
            <!-- policyc diff -->
            **Access: wider, weaker guard** (`main` → `the working tree`)

            **new rule** `access.policy:7` because `` "`x` <img> @team | **" ``

            - `carol@acme.com` **gains** `view` cluster-wide on `prod` via `tailscale`

            **⚠ Weaker guard**

            - `never bob@acme.com can delete pods on prod` removed `access.policy:6 (old)`

            """;
        Assert.StartsWith(expected.Replace("\"`x` <img> @team | **\"", "`x` <img> @team | **", StringComparison.Ordinal), _cli.Run("diff", "main", "--format", "markdown").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Colour_is_for_gains_losses_and_the_verdict()
    {
        _cli.Folder.Write("access.policy", Policy + "allow carol@acme.com as view on prod cluster-wide\n");
        Assert.DoesNotContain('\u001b', _cli.Run("diff", "main").Output);
        Assert.Contains("\u001b[32m+\u001b[0m carol@acme.com gains", _cli.Run("diff", "main", "--color", "always").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cause_with_many_consequences_takes_few_lines()
    {
        var clusters = string.Concat(Enumerable.Range(1, 40).Select(i => $"cluster c{i} {{ labels {{ env = \"prod\" }}  tailscale {{ tag = \"tag:c{i}\" }} }}\n"));
        var teams = string.Concat(Enumerable.Range(1, 30).Select(i => $"group t{i} {{ tailscale = \"group:t{i}@acme.com\" }}\nallow t{i} as debug on all clusters in n{i}\n"));
        _cli.Folder.Write("access.policy", Policy + clusters + teams);
        GitFolder.Commit(_cli.Folder);
        _cli.Folder.Write("access.policy", Policy.Replace("can exec pods", "can exec pods  can read secrets", StringComparison.Ordinal) + clusters + teams);
        const string expected = """
            wider  (main → the working tree)

            role `debug` edited  access.policy:4
              + t1 gains read secrets in n1 on all 41 clusters via tailscale
              + t10 gains read secrets in n10 on all 41 clusters via tailscale
              + t11 gains read secrets in n11 on all 41 clusters via tailscale
                and likewise 27 more: t12, t13, t14, t15 and 23 more; --format json has all of them

            """;
        Assert.Equal(expected, _cli.Run("diff", "main").Output);
    }
}
