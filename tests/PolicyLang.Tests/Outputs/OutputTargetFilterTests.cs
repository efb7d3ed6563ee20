using System.Collections.Immutable;
using PolicyLang.Projects.Outputs;
using Xunit;
using static PolicyLang.Tests.Outputs.OutputSets;

namespace PolicyLang.Tests.Outputs;

public sealed class OutputTargetFilterTests : IDisposable
{
    private readonly TemporaryFolder _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public void One_target_is_written_when_the_others_are_up_to_date()
    {
        WriteFine(_root, Both("1", "1"));
        var plan = WriteFine(_root, Only("teleport", Both("1", "2")));
        Assert.Equal(["t"], plan.Changes.Select(c => c.Path));
    }

    [Fact]
    public void One_target_alone_is_refused_while_another_is_out_of_date()
    {
        WriteFine(_root, Both("1", "1"));
        var diagnostic = WriteRefused(_root, Only("teleport", Both("2", "2")));
        Assert.Equal(OutputDiagnostics.MixedTargets, diagnostic.Descriptor);
        Assert.Equal("only `teleport` would be written, but the outputs of `kubernetes` are out of date too", diagnostic.Message);
    }

    [Fact]
    public void A_mixed_write_keeps_the_other_targets_files_and_their_ownership()
    {
        WriteFine(_root, ByTarget(["prod"], ("kubernetes", [("k-old", "1\n")]), ("teleport", [("t", "1\n")])));

        WriteFine(_root, Only("teleport", ByTarget(["prod"], ("kubernetes", [("k-new", "1\n")]), ("teleport", [("t", "2\n")]))) with { AllowsMixedTargets = true });
        Assert.Equal("2\n", _root.Read("t"));
        Assert.True(_root.Exists("k-old"));
        Assert.False(_root.Exists("k-new"));

        WriteFine(_root, ByTarget(["prod"], ("kubernetes", [("k-new", "1\n")]), ("teleport", [("t", "2\n")])));
        Assert.False(_root.Exists("k-old"));
    }

    [Fact]
    public void A_retirement_that_not_every_target_has_seen_does_not_count()
    {
        WriteFine(_root, ByTarget(["old"], ("kubernetes", [("k", "bound\n")]), ("teleport", [("t", "open\n")])));
        var retired = ByTarget(["old!"], ("kubernetes", [("k", "empty\n")]), ("teleport", [("t", "closed\n")]));
        WriteFine(_root, Only("teleport", retired) with { AllowsMixedTargets = true });

        Assert.Equal(OutputDiagnostics.ClusterVanished, WriteRefused(_root, Of([], ("x", "1\n"))).Descriptor);
        WriteFine(_root, retired);
        WriteFine(_root, Of([], ("x", "1\n")));
    }

    [Fact]
    public void A_file_that_changes_its_target_has_one_owner()
    {
        WriteFine(_root, ByTarget(["prod"], ("kubernetes", [("shared", "1\n"), ("k", "1\n")]), ("teleport", [("t", "1\n")])));
        var moved = ByTarget(["prod"], ("kubernetes", [("k", "2\n")]), ("teleport", [("shared", "2\n"), ("t", "1\n")]));
        WriteFine(_root, Only("teleport", moved) with { AllowsMixedTargets = true });
        WriteFine(_root, moved);
        Assert.Equal("2\n", _root.Read("shared"));
    }

    private static OutputSet Both(string kubernetes, string teleport)
        => ByTarget(["prod"], ("kubernetes", [("k", kubernetes + "\n")]), ("teleport", [("t", teleport + "\n")]));

    private static OutputSet Only(string target, OutputSet outputs) => outputs with { OnlyTargets = ImmutableSortedSet.Create(StringComparer.Ordinal, target) };
}
