using PolicyLang.Reading;
using PolicyLang.Targets.Cloudflare.Reading.Expressions;

namespace PolicyLang.Targets.Cloudflare.Reading;

/// <summary>
/// The fields of Gateway's expressions (Cloudflare One documentation, "Network policies", "HTTP policies", "DNS policies", "Identity-based policies"; types as far as its examples show them).
/// </summary>
internal static class GatewayFields
{
    public const string Destination = "net.dst.ip";
    public const string DestinationPort = "net.dst.port";
    public const string Protocol = "net.protocol";
    public const string VirtualNetwork = "net.vnet_id";
    public const string RequestDestinations = "http.conn.dst_ip";
    public const string RequestVirtualNetwork = "http.conn.vnet_id";
    public const string Email = "identity.email";

    private static readonly FieldType Texts = FieldType.ArrayOf(FieldType.Bytes);
    private static readonly FieldType Numbers = FieldType.ArrayOf(FieldType.Int);

    /// <summary>The scheme.</summary>
    public static FilterScheme Scheme { get; } = new(new Dictionary<string, FieldType>
    {
        [Destination] = FieldType.Ip,
        [DestinationPort] = FieldType.Int,
        [Protocol] = FieldType.Bytes,
        [VirtualNetwork] = FieldType.Bytes,
        ["net.src.ip"] = FieldType.Ip,
        ["net.src.internal_src_ip"] = FieldType.Ip,
        ["net.src.port"] = FieldType.Int,
        ["net.protocol.detection"] = FieldType.Bytes,
        ["net.detected_protocol"] = FieldType.Bytes,
        ["net.sni.host"] = FieldType.Bytes,
        ["net.sni.domains"] = Texts,
        ["net.src.geo.country"] = FieldType.Bytes,
        ["net.dst.geo.country"] = FieldType.Bytes,
        ["net.offramp.type"] = FieldType.Bytes,
        ["net.fqdn.content_category"] = Numbers,
        ["net.fqdn.security_category"] = Numbers,
        ["net.proxy_endpoint.ids"] = Texts,
        ["app.ids"] = Numbers,
        ["app.type.ids"] = Numbers,
        ["access.private_app"] = Texts,
        ["access.target"] = Texts,
        [RequestDestinations] = FieldType.ArrayOf(FieldType.Ip),
        [RequestVirtualNetwork] = FieldType.Bytes,
        ["http.conn.src_ip"] = FieldType.Ip,
        ["http.conn.internal_src_ip"] = FieldType.Ip,
        ["http.request.host"] = FieldType.Bytes,
        ["http.request.domains"] = Texts,
        ["http.request.uri"] = FieldType.Bytes,
        ["http.request.uri.path"] = FieldType.Bytes,
        ["http.request.method"] = FieldType.Bytes,
        ["http.response.status_code"] = FieldType.Int,
        ["http.download.file.size"] = FieldType.Int,
        ["http.request.uri.content_category"] = Numbers,
        ["http.request.uri.security_category"] = Numbers,
        ["dns.fqdn"] = FieldType.Bytes,
        ["dns.domains"] = Texts,
        ["dns.resolved_ips"] = FieldType.ArrayOf(FieldType.Ip),
        ["dns.src_ip"] = FieldType.Ip,
        [Email] = FieldType.Bytes,
        ["identity.name"] = FieldType.Bytes,
        ["identity.groups.name"] = Texts,
        ["identity.groups.id"] = Texts,
        ["identity.groups.email"] = Texts,
        ["identity.saml_attributes"] = Texts,
        ["identity.oidc_claims"] = Texts,
        ["identity.service_token"] = FieldType.Bool,
        ["device_posture.checks.passed"] = Texts,
        ["device_posture.checks.failed"] = Texts,
    });

    /// <summary>The atom that says that a field of the caller has a value, or holds it; nothing for a field that no atom speaks of.</summary>
    public static Atom? AtomOf(string field, string value) => field switch
    {
        Email => new Atom(AtomKind.Person, "email", value),
        "identity.name" => new Atom(AtomKind.Person, "name", value),
        "identity.groups.name" => new Atom(AtomKind.Group, "groups.name", value),
        "identity.groups.id" => new Atom(AtomKind.Group, "groups.id", value),
        "identity.groups.email" => new Atom(AtomKind.Group, "groups.email", value),
        "identity.saml_attributes" => new Atom(AtomKind.Group, "saml", value),
        "identity.oidc_claims" => new Atom(AtomKind.Group, "oidc", value),
        "device_posture.checks.passed" => new Atom(AtomKind.Posture, "cloudflare", value),
        _ => null,
    };

    /// <summary>Whether a field speaks of the caller and of nothing that differs between connections.</summary>
    public static bool IsOfCaller(string field)
        => field.StartsWith("identity.", StringComparison.Ordinal) || field.StartsWith("device_posture.", StringComparison.Ordinal);
}
