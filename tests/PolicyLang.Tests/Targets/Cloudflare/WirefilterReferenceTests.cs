using Xunit;

namespace PolicyLang.Tests.Targets.Cloudflare;

/// <summary>The reference reader of the tests agrees with what the engine (cloudflare/wirefilter 0.7.0) says of the same expressions.</summary>
public sealed class WirefilterReferenceTests
{
    [Theory]
    [InlineData("net.dst.ip in {198.51.100.101 2001:db8::101}")]
    [InlineData("any(identity.groups.name[*] == \"a\\\"b\")")]
    [InlineData("any(identity.groups.name[*] == \"c\\\\d\")")]
    [InlineData("any(http.conn.dst_ip[*] in $0130295149f947c9a4000297e60b6a10)")]
    [InlineData("net.dst.port == 6443 and (net.protocol == \"tcp\" or net.protocol == \"udp\")")]
    public void Takes_what_the_engine_takes(string expression) => Assert.NotNull(WirefilterReference.Parse(expression));

    [Theory]
    [InlineData("net.dst.ip in {\"198.51.100.101\"}")]
    [InlineData("net.dst.ip in {10.0.0.0, 172.16.0.0}")]
    [InlineData("net.dst.ip in 198.51.100.0")]
    [InlineData("any(identity.groups.name[*] == \"c\\d\")")]
    [InlineData("any(identity.groups.name[*] == \"e\\nf\")")]
    [InlineData("identity.email in {\"alice@example.com\\\"}")]
    [InlineData("any(identity.groups[*].name in {\"sre\"})")]
    [InlineData("identity.groups.name in {\"sre\"}")]
    [InlineData("net.dst.port == \"2222\"")]
    [InlineData("net.dst.port == 9223372036854775808")]
    [InlineData("net.dst.ip == 198.51.100")]
    [InlineData("net.dst.ip in $")]
    public void Refuses_what_the_engine_refuses(string expression) => Assert.Throws<FormatException>(() => WirefilterReference.Parse(expression));
}
