using System.Collections.Immutable;
using System.Text.Json.Nodes;
using PolicyLang.Reading;
using PolicyLang.Targets.Cloudflare.Reading;
using Xunit;

namespace PolicyLang.Conformance.Cloudflare;

/// <summary>Our own committed outputs are read without a problem, and both forms of one policy say the same.</summary>
public sealed class CommittedOutputTests
{
    [Fact]
    public void Committed_outputs_are_read_without_problems_and_do_nothing_else()
    {
        Assert.NotEmpty(GatewayFiles.Examples);
        foreach (var (example, files) in GatewayFiles.Examples)
        {
            foreach (var form in GatewayReading.Forms(files))
            {
                var reading = GatewayReading.Read(form);
                Assert.True(reading.Problems.IsEmpty, $"{example}: {string.Join('\n', reading.Problems)}");
                Assert.True(reading.OtherEffects.IsEmpty, $"{example}: {string.Join('\n', reading.OtherEffects)}");
            }
        }
    }

    [Fact]
    public void Both_forms_of_a_policy_give_the_same_gates()
    {
        var (_, files) = GatewayFiles.Examples.Single(e => e.Example == "acme");
        var forms = GatewayReading.Forms(files).Select(form => GatewayReading.Read(form)).ToArray();
        Assert.Equal(2, forms.Length);
        var endpoints = EndpointsOf(files[0]);
        Assert.NotEmpty(endpoints);
        foreach (var endpoint in endpoints)
        {
            var (api, terraform) = (forms[0].GateTo(endpoint), forms[1].GateTo(endpoint));
            Assert.Equal(api.Opens, terraform.Opens);
            Assert.Equal(2, api.Places.Length);
            Assert.Equal(Truth.True, forms[0].Reaches(endpoint, GatewayFiles.Group("SRE")));
            Assert.Equal(Truth.False, forms[0].Reaches(endpoint, GatewayFiles.Group("Engineering")));
            Assert.Equal(Truth.False, forms[0].Reaches(endpoint));
            Assert.Equal(Truth.False, forms[1].Reaches(endpoint with { Port = 22 }, GatewayFiles.Group("SRE")));
        }

        Assert.All(forms, form => Assert.Empty(form.EffectsBeyond(endpoints)));
        Assert.Equal(4, forms[0].EffectsBeyond(endpoints.Skip(1)).Length);
    }

    [Fact]
    public void Lists_of_terraform_are_found_by_their_reference()
    {
        var (_, files) = GatewayFiles.Examples.Single(e => e.Example == "cloudflare-zero-trust");
        var reading = GatewayReading.Read(files);
        Assert.Equal(Truth.True, reading.Reaches(GatewayFiles.Endpoint, GatewayFiles.Group("Engineering")));
        Assert.Equal(Truth.False, reading.Reaches(GatewayFiles.Endpoint));
        Assert.Equal("policyc/api/allow/engineers", Assert.Single(reading.OpeningsTo(GatewayFiles.Endpoint)).Rule);
        Assert.Equal(new ArtefactPlace("gateway.tf.json", 46, 32), Assert.Single(reading.GateTo(GatewayFiles.Endpoint).Places));
    }

    private static ImmutableArray<GatewayEndpoint> EndpointsOf(Artefact rules)
        =>
        [
            .. JsonNode.Parse(rules.Content.Span)!.AsArray().Where(rule => (string)rule!["action"]! == "block").Select(rule => (string)rule!["traffic"]!)
                .Select(traffic => new GatewayEndpoint([.. traffic[(traffic.IndexOf('{', StringComparison.Ordinal) + 1)..^1].Split(' ')], 6443)),
        ];
}
