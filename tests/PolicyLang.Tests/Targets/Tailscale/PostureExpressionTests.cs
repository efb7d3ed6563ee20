using PolicyLang.Targets.Tailscale;
using Xunit;

namespace PolicyLang.Tests.Targets.Tailscale;

public sealed class PostureExpressionTests
{
    [Theory]
    [InlineData("node:os == 'macos'", "node:os == 'macos'")]
    [InlineData("  node:os=='macos' ", "node:os == 'macos'")]
    [InlineData("node:os IN ['macos','linux']", "node:os IN ['macos', 'linux']")]
    [InlineData("ip:country in ['CA', 'US']", "ip:country IN ['CA', 'US']")]
    [InlineData("node:os NOT IN [ 'js' ]", "node:os NOT IN ['js']")]
    [InlineData("node:tsVersion >= '1.84'", "node:tsVersion >= '1.84'")]
    [InlineData("node:osVersion<'15.0.1'", "node:osVersion < '15.0.1'")]
    [InlineData("node:tsAutoUpdate == true", "node:tsAutoUpdate == true")]
    [InlineData("custom:tier IS SET", "custom:tier IS SET")]
    [InlineData("custom:tier not set", "custom:tier NOT SET")]
    [InlineData("custom:tier != 'prod x'", "custom:tier != 'prod x'")]
    [InlineData("falcon:ztaScore >= 80.5", "falcon:ztaScore >= 80.5")]
    [InlineData("fleetPolicy:disk_encryption == true", "fleetPolicy:disk_encryption == true")]
    public void Takes_what_is_documented(string text, string canonical)
    {
        Assert.Equal(canonical, PostureExpression.Canonical(text, out var reason));
        Assert.Null(reason);
        Assert.Equal(canonical, PostureExpression.Canonical(canonical, out _));
    }

    [Theory]
    [InlineData("", "the attributes are")]
    [InlineData("node:tsAutoUpdate", "`node:tsAutoUpdate == true`")]
    [InlineData("fleet:present", "`fleet:present == true`")]
    [InlineData("node:OS == 'macos'", "did you mean `node:os`?")]
    [InlineData("os == 'macos'", "the attributes are")]
    [InlineData("foo:bar == 1", "the attributes are")]
    [InlineData("custom: == 1", "the attributes are")]
    [InlineData("custom:a-b == 1", "the attributes are")]
    [InlineData("ip:publicAddress NOT IN ['ipset:home']", "the attributes are")]
    [InlineData("node:os == 'macOS'", "did you mean `macos`?")]
    [InlineData("node:os == macos", "write `'macos'`")]
    [InlineData("node:os == \"macos\"", "write `'\"macos\"'`")]
    [InlineData("node:os == 'mac", "a text stands between")]
    [InlineData("node:os == 'a\\b'", "a text stands between")]
    [InlineData("node:os == 'm\u0430cos'", "a text stands between")]
    [InlineData("node:os > 'linux'", "an operating system is compared")]
    [InlineData("node:os == 'macos' || node:os == 'js'", "nothing may follow")]
    [InlineData("node:os IN 'macos'", "takes a list")]
    [InlineData("node:os IN []", "a value is missing")]
    [InlineData("node:os IN ['macos',]", "a value is missing")]
    [InlineData("node:os IN ['macos' 'linux']", "separated by commas")]
    [InlineData("node:os == ['macos']", "write `'['macos''`")]
    [InlineData("node:tsVersion >= 1.84", "a version is a text")]
    [InlineData("node:tsStateEncrypted == 'true'", "the value is `true` or `false`")]
    [InlineData("node:tsReleaseTrack == 'beta'", "the values are")]
    [InlineData("ip:country == 'jp'", "two capital letters")]
    [InlineData("custom:x > 'a'", "only numbers and versions")]
    [InlineData("custom:x == 1e9", "write `'1e9'`")]
    [InlineData("custom:x =~ 'a'", "the operators are")]
    [InlineData("custom:x = 'a'", "the operators are")]
    [InlineData("custom:x IS SET now", "nothing may follow")]
    [InlineData("custom:x ISSET", "the operators are")]
    [InlineData("custom:x", "say what")]
    public void Refuses_what_is_not_understood(string text, string reason)
    {
        Assert.Null(PostureExpression.Canonical(text, out var given));
        if (!text.Contains("== ['", StringComparison.Ordinal))
        {
            Assert.Contains(reason, given ?? "", StringComparison.Ordinal);
        }
    }
}
