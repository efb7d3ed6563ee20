using Xunit;
using Xunit.Sdk;

namespace PolicyLang.Tests.Support;

public sealed class AllocatedWorkTests
{
    [Fact]
    public void Quadratic_work_does_not_grow_with_the_input()
        => Assert.ThrowsAny<XunitException>(() => AllocatedWork.AssertGrowsWithTheInput(1_000, size => () => Assert.NotNull(Joined(size))));

    [Fact]
    public void Linear_work_grows_with_the_input()
        => AllocatedWork.AssertGrowsWithTheInput(1_000, size => () => Assert.NotNull(string.Concat(Enumerable.Range(0, size).Select(i => new string('x', 10)))));

    [Fact]
    public void Linear_work_ends_at_no_limit()
        => Assert.ThrowsAny<XunitException>(() => AllocatedWork.AssertEndsAtALimit(10_000, size => () => Assert.NotNull(new byte[size * 8])));

    private static string Joined(int size)
    {
        var text = "";
        for (var i = 0; i < size; i++)
        {
            text += "x";
        }

        return text;
    }
}
