using PolicyLang.Semantics.Rights;
using Xunit;

namespace PolicyLang.Tests.Semantics.Rights;

public sealed class RightsErrorTests
{
    [Theory]
    [InlineData("gte pods", "^^^ unknown-verb: there is no verb `gte`; did you mean `get`?")]
    [InlineData("GET pods", "^^^ unknown-verb: there is no verb `GET`; did you mean `get`?")]
    [InlineData("frobnicate pods", "^^^^^^^^^^ unknown-verb: there is no verb `frobnicate`; use a verb of Kubernetes such as `get`, or a class: `read`, `write`, `delete`, `exec`, `port-forward`")]
    [InlineData("list pods/log", "     ^^^^^^^^ verb-means-nothing: `list` means nothing on `pods/log`; it takes `get`")]
    [InlineData("[get, list, watch] pods/log", "                   ^^^^^^^^ verb-means-nothing: `list` and `watch` mean nothing on `pods/log`; it takes `get`")]
    [InlineData("write pods/log", "      ^^^^^^^^ verb-means-nothing: `write` means nothing on `pods/log`; it takes `get`")]
    [InlineData("post configmaps", "     ^^^^^^^^^^ verb-means-nothing: `post` means nothing on `configmaps`; did you mean `create`?")]
    [InlineData("bind secrets", "     ^^^^^^^ verb-means-nothing: `bind` means nothing on `secrets`; it takes `create`, `delete`, `deletecollection`, `get`, `list`, `patch`, `update`, `watch`")]
    [InlineData("write *.metrics.k8s.io", "      ^^^^^^^^^^^^^^^^ verb-means-nothing: `write` means nothing on `*.metrics.k8s.io`; it takes `get`, `list`")]
    public void Verbs(string phrase, string finding) => Assert.Equal(phrase + "\n" + finding, Phrase.Annotate(phrase));

    [Theory]
    [InlineData("get deployments", "    ^^^^^^^^^^^ missing-api-group: `deployments` is in API group `apps`; write `deployments.apps`")]
    [InlineData("get deployments/scale", "    ^^^^^^^^^^^^^^^^^ missing-api-group: `deployments` is in API group `apps`; write `deployments.apps/scale`")]
    [InlineData("get ingresses", "    ^^^^^^^^^ missing-api-group: `ingresses` is in API group `networking.k8s.io`; write `ingresses.networking.k8s.io`")]
    [InlineData("get podsecuritypolicies", "    ^^^^^^^^^^^^^^^^^^^ missing-api-group: `podsecuritypolicies` is in API group `policy`; write `podsecuritypolicies.policy`")]
    [InlineData("get deployments.batch", "    ^^^^^^^^^^^^^^^^^ unknown-resource: API group `batch` has no `deployments`; write `deployments.apps`")]
    [InlineData("get secerts", "    ^^^^^^^ unknown-resource: there is no resource `secerts`; did you mean `secrets`?")]
    [InlineData("get deploymnets", "    ^^^^^^^^^^^ unknown-resource: there is no resource `deploymnets`; did you mean `deployments.apps`?")]
    [InlineData("get deploymnets.apps", "    ^^^^^^^^^^^^^^^^ unknown-resource: there is no resource `deploymnets` in API group `apps`; did you mean `deployments.apps`?")]
    [InlineData("get widgets.example.com", "    ^^^^^^^^^^^^^^^^^^^ unknown-api-group: there is no API group `example.com`; name an API group of Kubernetes, or declare the custom resource under `kubernetes.custom_resources` in policyc.yaml")]
    [InlineData("get jobs.bacth", "    ^^^^^^^^^^ unknown-api-group: there is no API group `bacth`; did you mean `batch`?")]
    [InlineData("get pods.core", "    ^^^^^^^^^ unknown-api-group: `pods.core` names the core group, which has no name; write `pods`")]
    [InlineData("get pods/loog", "    ^^^^^^^^^ unknown-subresource: `pods` has no subresource `loog`; did you mean `pods/log`?")]
    [InlineData("get pods/my-database", "    ^^^^^^^^^^^^^^^^ unknown-subresource: `pods` has no subresource `my-database`; if `my-database` is one object, write `pods named \"my-database\"`")]
    [InlineData("get */sclae", "    ^^^^^^^ unknown-subresource: no resource has a subresource `sclae`; did you mean `scale`?")]
    [InlineData("impersonate userextras.authentication.k8s.io", "            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unknown-subresource: `userextras.authentication.k8s.io` is used with a subresource only; write `userextras.authentication.k8s.io/…`")]
    [InlineData("get certificate.cert-manager.io", "    ^^^^^^^^^^^^^^^^^^^^^^^^^^^ not-the-plural: `certificate.cert-manager.io` is not the name of a resource: Kubernetes wants the lower-case plural; write `certificates.cert-manager.io`")]
    public void Resources(string phrase, string finding) => Assert.Equal(phrase + "\n" + finding, Phrase.Annotate(phrase));

    [Theory]
    [InlineData("pod", "pods")]
    [InlineData("Pods", "pods")]
    [InlineData("PODS/log", "pods/log")]
    [InlineData("po", "pods")]
    [InlineData("svc", "services")]
    [InlineData("cm", "configmaps")]
    [InlineData("secret", "secrets")]
    [InlineData("ns", "namespaces")]
    [InlineData("sa/token", "serviceaccounts/token")]
    [InlineData("deploy", "deployments.apps")]
    [InlineData("deploy/scale", "deployments.apps/scale")]
    [InlineData("Deployment", "deployments.apps")]
    [InlineData("deployment.apps", "deployments.apps")]
    [InlineData("StatefulSets.apps", "statefulsets.apps")]
    [InlineData("netpol", "networkpolicies.networking.k8s.io")]
    [InlineData("networkpolicy.networking.k8s.io", "networkpolicies.networking.k8s.io")]
    [InlineData("storageclass", "storageclasses.storage.k8s.io")]
    [InlineData("crd", "customresourcedefinitions.apiextensions.k8s.io")]
    [InlineData("ingress", "ingresses.networking.k8s.io` or `ingresses.extensions")]
    [InlineData("event", "events")]
    public void Trap_Kubernetes_matches_no_short_name_singular_or_capital(string written, string meant)
    {
        var phrase = "* " + written;
        Assert.Equal(
            $"{phrase}\n  {new string('^', written.Length)} not-the-plural: `{written}` is not the name of a resource: Kubernetes wants the lower-case plural; write `{meant}`",
            Phrase.Annotate(phrase));
    }

    [Theory]
    [InlineData("get pods/*", "    ^^^^^^ no-such-pattern: `pods/*` is no pattern: RBAC has no `*` for subresources; name the subresources, such as `pods/exec`")]
    [InlineData("get */*", "    ^^^ no-such-pattern: `*/*` is no pattern: RBAC has no `*` for subresources; write `*`: it reaches every resource with its subresources")]
    [InlineData("get *.*", "    ^^^ no-such-pattern: `*.*` says twice that any API group will do; write `*`")]
    [InlineData("get pod*", "    ^^^^ no-such-pattern: `pod*` is no pattern: `*` stands for a whole resource or a whole API group, never for a part of a name; name the resources, or write `*` alone")]
    [InlineData("get jobs.b*", "    ^^^^^^^ no-such-pattern: `jobs.b*` is no pattern: `*` stands for a whole resource or a whole API group, never for a part of a name; name the resources, or write `*` alone")]
    [InlineData("get pods/", "    ^^^^^ unknown-resource: `pods/` is no resource; write `resource`, `resource.group` or `resource.group/subresource`")]
    [InlineData("get deployments.", "    ^^^^^^^^^^^^ unknown-resource: `deployments.` is no resource; write `resource`, `resource.group` or `resource.group/subresource`")]
    public void Trap_RBAC_reads_other_stars_literally(string phrase, string finding) => Assert.Equal(phrase + "\n" + finding, Phrase.Annotate(phrase));

    [Theory]
    [InlineData("exec deployments.apps", "     ^^^^^^^^^^^^^^^^ class-needs-pods: `exec` goes with `pods`, not with `deployments.apps`; write `exec pods` in a phrase of its own")]
    [InlineData("exec [pods, services]", "            ^^^^^^^^ class-needs-pods: `exec` goes with `pods`, not with `services`; write `exec pods` in a phrase of its own")]
    [InlineData("exec pods/exec", "     ^^^^^^^^^ class-needs-pods: `exec` goes with `pods`, not with `pods/exec`; write `exec pods`: it includes the subresources")]
    [InlineData("port-forward *", "             ^ class-needs-pods: `port-forward` goes with `pods`, not with `*`; write `port-forward pods` in a phrase of its own")]
    public void Exec_and_port_forward_go_with_pods(string phrase, string finding) => Assert.Equal(phrase + "\n" + finding, Phrase.Annotate(phrase));

    [Theory]
    [InlineData("get \"metrics\"", "    ^^^^^^^^^ bad-url: `metrics` is no URL path: a quoted resource is a URL and starts with `/`; leave the quotes away to name a resource")]
    [InlineData("get \"\"", "    ^^ bad-url: a URL is empty; write a path such as `\"/metrics\"`, or leave the quotes away to name a resource")]
    [InlineData("get \"/a*b\"", "    ^^^^^^ bad-url: `/a*b` is no pattern: `*` stands at the end of a URL only; RBAC reads any other `*` literally")]
    [InlineData("get \"/a?b\"", "    ^^^^^^ bad-url: `/a?b` is no URL path; a request is checked by its path, without query and fragment")]
    [InlineData("get \"/api/v1/pods\"", "    ^^^^^^^^^^^^^^ bad-url: `/api/v1/pods` is the path of a resource, and a right on a URL does not reach it; name the resource instead, such as `get pods`")]
    [InlineData("list \"/metrics\"", "^^^^ no-http-method: `list` means nothing on the URL `/metrics`; a URL takes the HTTP methods `get`, `post`, `put`, `patch`, `delete`, `head` and `options`, or `read` for `get`")]
    [InlineData("exec \"/metrics\"", "^^^^ no-http-method: `exec` means nothing on the URL `/metrics`; a URL takes the HTTP methods `get`, `post`, `put`, `patch`, `delete`, `head` and `options`, or `read` for `get`")]
    [InlineData("get \"/metrics\" named \"x\"", "                     ^^^ names-with-url: `named` cannot limit the URL `/metrics`; write the URL in a phrase of its own")]
    public void URLs(string phrase, string finding) => Assert.Equal(phrase + "\n" + finding, Phrase.Annotate(phrase));

    [Theory]
    [InlineData("get secrets named \"\"", "                  ^^ bad-object-name: an object name is empty: RBAC would read it as every request without a name; write the name, or leave `named` away for all objects")]
    [InlineData("get secrets named \"db-*\"", "                  ^^^^^^ bad-object-name: `db-*` is no pattern: RBAC reads names literally; write out the names, or leave `named` away for all objects")]
    [InlineData("get secrets named \"*\"", "                  ^^^ bad-object-name: `*` is no pattern: RBAC reads names literally; write out the names, or leave `named` away for all objects")]
    [InlineData("create configmaps named \"a\"", "^^^^^^ verb-without-name: `create` cannot be limited by name: the API server does not know the name when it decides; write `create` in a phrase of its own, without `named`")]
    [InlineData("[get, deletecollection] pods named \"a\"", "      ^^^^^^^^^^^^^^^^ verb-without-name: `deletecollection` cannot be limited by name: the API server does not know the name when it decides; write `deletecollection` in a phrase of its own, without `named`")]
    [InlineData("write configmaps named \"a\"", "^^^^^ warning create-left-out: `write` on `a` gives `update` and `patch`, but no `create`, which cannot be limited by name; write `[update, patch]` to say so, and `create` in a phrase of its own where it is wanted")]
    public void Trap_resource_names_do_not_limit_everything(string phrase, string finding) => Assert.Equal(phrase + "\n" + finding, Phrase.Annotate(phrase));

    [Theory]
    [InlineData(22, "get ingresses.extensions", "    ^^^^^^^^^^^^^^^^^^^^ resource-not-in-version: Kubernetes 1.22 has no `ingresses.extensions`; `ingresses.extensions` exists up to 1.21: limit the sentence to clusters of such a version")]
    [InlineData(25, "get pods/resize", "    ^^^^^^^^^^^ resource-not-in-version: Kubernetes 1.25 has no `pods/resize`; `pods/resize` exists since 1.32: limit the sentence to clusters of such a version")]
    [InlineData(33, "get podschedulings.resource.k8s.io", "    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ resource-not-in-version: Kubernetes 1.33 has no `podschedulings.resource.k8s.io`; `podschedulings.resource.k8s.io` exists in 1.26 only: limit the sentence to clusters of such a version")]
    [InlineData(24, "* *.resource.k8s.io", "  ^^^^^^^^^^^^^^^^^ resource-not-in-version: Kubernetes 1.24 has no `*.resource.k8s.io`; `*.resource.k8s.io` exists since 1.26: limit the sentence to clusters of such a version")]
    [InlineData(20, "deletecollection services", "^^^^^^^^^^^^^^^^ verb-not-in-version: in Kubernetes 1.20 `deletecollection` means nothing on `services`; it takes the verb since 1.23: limit the rule to clusters of that version")]
    [InlineData(33, "write tokenreviews.authentication.k8s.io named \"x\"", "^^^^^ warning create-left-out: `write` on `x` gives `update` and `patch`, but no `create`, which cannot be limited by name; write `[update, patch]` to say so, and `create` in a phrase of its own where it is wanted\n^^^^^ verb-without-name: `write` on `tokenreviews.authentication.k8s.io` is `create`, which cannot be limited by name; leave `named` away")]
    public void Versions(int version, string phrase, string finding) => Assert.Equal(phrase + "\n" + finding, Phrase.Annotate(phrase, RightsPurpose.Role, version));

    [Fact]
    public void One_mistake_gives_one_message()
    {
        Assert.Single(Phrase.Bind("[gte, get] [pods, services, configmaps]").Diagnostics);
        Assert.Single(Phrase.Bind("[get, list, watch, create] [pods, secret]").Diagnostics);
        Assert.Single(Phrase.Bind("[list, watch, bind] [pods, pods/log]", RightsPurpose.Guard).Diagnostics.Where(d => d.Location?.Text == "pods/log"));
    }
}
