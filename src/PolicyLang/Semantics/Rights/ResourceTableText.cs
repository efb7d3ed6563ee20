namespace PolicyLang.Semantics.Rights;

/// <summary>The resources of the Kubernetes API server, 1.20 to 1.36, as text: one line each, parsed on first use.</summary>
internal static class ResourceTableText
{
    // Sources: the API descriptions of the Kubernetes releases (paths and methods per release, alpha and beta versions included), the release notes
    // for releases in between, and the authorization documentation for verbs that have no path (impersonate, bind, escalate, approve, sign, attest,
    // use, the kubelet's and the dynamic resource allocation subresources).
    // A line: name[/subresource], scope, first-last minor version (left out: as old or as new as the table), verbs (`verb@22`: since 1.22) and after `=`
    // the short names. `all` stands for the eight verbs of an ordinary resource, `object` for get, patch and update.
    // `userextras/*`: any subresource.
    public const string Text =
        """
        [core]
        bindings                                  namespaced  -     create
        componentstatuses                         cluster     -     get,list = cs
        configmaps                                namespaced  -     all = cm
        endpoints                                 namespaced  -     all = ep
        events                                    namespaced  -     all = ev
        groups                                    cluster     -     impersonate
        limitranges                               namespaced  -     all = limits
        namespaces                                cluster     -     create,delete,get,list,patch,update,watch = ns
        namespaces/finalize                       cluster     -     update
        namespaces/status                         cluster     -     object
        nodes                                     cluster     -     all = no
        nodes/checkpoint                          cluster     25-   create,get
        nodes/configz                             cluster     32-   get
        nodes/healthz                             cluster     32-   get
        nodes/log                                 cluster     -     create,get
        nodes/metrics                             cluster     -     create,get
        nodes/pods                                cluster     32-   get
        nodes/proxy                               cluster     -     create,delete,get,patch,update
        nodes/spec                                cluster     -     create,get
        nodes/stats                               cluster     -     create,get
        nodes/status                              cluster     -     object
        persistentvolumeclaims                    namespaced  -     all = pvc
        persistentvolumeclaims/status             namespaced  -     object
        persistentvolumes                         cluster     -     all = pv
        persistentvolumes/status                  cluster     -     object
        pods                                      namespaced  -     all = po
        pods/attach                               namespaced  -     create,get
        pods/binding                              namespaced  -     create
        pods/ephemeralcontainers                  namespaced  -     object
        pods/eviction                             namespaced  -     create
        pods/exec                                 namespaced  -     create,get
        pods/log                                  namespaced  -     get
        pods/portforward                          namespaced  -     create,get
        pods/proxy                                namespaced  -     create,delete,get,patch,update
        pods/resize                               namespaced  32-   object
        pods/status                               namespaced  -     object
        podtemplates                              namespaced  -     all
        replicationcontrollers                    namespaced  -     all = rc
        replicationcontrollers/scale              namespaced  -     object
        replicationcontrollers/status             namespaced  -     object
        resourcequotas                            namespaced  -     all = quota
        resourcequotas/status                     namespaced  -     object
        secrets                                   namespaced  -     all
        serviceaccounts                           namespaced  -     all,impersonate = sa
        serviceaccounts/token                     namespaced  -     create
        services                                  namespaced  -     create,delete,deletecollection@23,get,list,patch,update,watch = svc
        services/proxy                            namespaced  -     create,delete,get,patch,update
        services/status                           namespaced  -     object
        users                                     cluster     -     impersonate

        [admissionregistration.k8s.io]
        mutatingadmissionpolicies                 cluster     32-   all
        mutatingadmissionpolicybindings           cluster     32-   all
        mutatingwebhookconfigurations             cluster     -     all
        validatingadmissionpolicies               cluster     26-   all
        validatingadmissionpolicies/status        cluster     27-   object
        validatingadmissionpolicybindings         cluster     26-   all
        validatingwebhookconfigurations           cluster     -     all

        [apiextensions.k8s.io]
        customresourcedefinitions                 cluster     -     all = crd crds
        customresourcedefinitions/status          cluster     -     object

        [apiregistration.k8s.io]
        apiservices                               cluster     -     all
        apiservices/status                        cluster     -     object

        [apps]
        controllerrevisions                       namespaced  -     all
        daemonsets                                namespaced  -     all = ds
        daemonsets/status                         namespaced  -     object
        deployments                               namespaced  -     all = deploy
        deployments/scale                         namespaced  -     object
        deployments/status                        namespaced  -     object
        replicasets                               namespaced  -     all = rs
        replicasets/scale                         namespaced  -     object
        replicasets/status                        namespaced  -     object
        statefulsets                              namespaced  -     all = sts
        statefulsets/scale                        namespaced  -     object
        statefulsets/status                       namespaced  -     object

        [authentication.k8s.io]
        groups                                    cluster     35-   impersonate:user-info
        nodes                                     cluster     35-   impersonate:arbitrary-node,impersonate:associated-node
        selfsubjectreviews                        cluster     26-   create
        serviceaccounts                           namespaced  35-   impersonate:serviceaccount
        tokenreviews                              cluster     -     create
        uids                                      cluster     22-   impersonate,impersonate:user-info@35
        userextras/*                              cluster     -     impersonate,impersonate:user-info@35
        users                                     cluster     35-   impersonate:user-info

        [authorization.k8s.io]
        localsubjectaccessreviews                 namespaced  -     create
        selfsubjectaccessreviews                  cluster     -     create
        selfsubjectrulesreviews                   cluster     -     create
        subjectaccessreviews                      cluster     -     create

        [autoscaling]
        horizontalpodautoscalers                  namespaced  -     all = hpa
        horizontalpodautoscalers/status           namespaced  -     object

        [batch]
        cronjobs                                  namespaced  -     all = cj
        cronjobs/status                           namespaced  -     object
        jobs                                      namespaced  -     all
        jobs/status                               namespaced  -     object

        [certificates.k8s.io]
        certificatesigningrequests                cluster     -     all = csr
        certificatesigningrequests/approval       cluster     -     object
        certificatesigningrequests/nodeclient     cluster     -     create
        certificatesigningrequests/selfnodeclient cluster     -     create
        certificatesigningrequests/status         cluster     -     object
        clustertrustbundles                       cluster     27-   all
        podcertificaterequests                    namespaced  34-   all
        podcertificaterequests/status             namespaced  34-   object
        signers                                   cluster     -     approve,attest@27,sign

        [coordination.k8s.io]
        leasecandidates                           namespaced  31-   all
        leases                                    namespaced  -     all

        [discovery.k8s.io]
        endpointslices                            namespaced  -     all

        [events.k8s.io]
        events                                    namespaced  -     all

        [extensions]
        ingresses                                 namespaced  -21   all
        ingresses/status                          namespaced  -21   object

        [flowcontrol.apiserver.k8s.io]
        flowschemas                               cluster     -     all
        flowschemas/status                        cluster     -     object
        prioritylevelconfigurations               cluster     -     all
        prioritylevelconfigurations/status        cluster     -     object

        [internal.apiserver.k8s.io]
        storageversions                           cluster     -     all
        storageversions/status                    cluster     -     object

        [metrics.k8s.io]
        nodes                                     cluster     -     get,list
        pods                                      namespaced  -     get,list

        [networking.k8s.io]
        clustercidrs                              cluster     25-28 all
        ingressclasses                            cluster     -     all
        ingresses                                 namespaced  -     all = ing
        ingresses/status                          namespaced  -     object
        ipaddresses                               cluster     27-   all = ip
        networkpolicies                           namespaced  -     all = netpol
        networkpolicies/status                    namespaced  24-27 object
        servicecidrs                              cluster     29-   all
        servicecidrs/status                       cluster     29-   object

        [node.k8s.io]
        runtimeclasses                            cluster     -     all

        [policy]
        poddisruptionbudgets                      namespaced  -     all = pdb
        poddisruptionbudgets/status               namespaced  -     object
        podsecuritypolicies                       cluster     -24   all,use = psp

        [rbac.authorization.k8s.io]
        clusterrolebindings                       cluster     -     all
        clusterroles                              cluster     -     all,bind,escalate
        rolebindings                              namespaced  -     all
        roles                                     namespaced  -     all,bind,escalate

        [resource.k8s.io]
        deviceclasses                             cluster     31-   all
        devicetaintrules                          cluster     33-   all
        devicetaintrules/status                   cluster     35-   object
        podschedulingcontexts                     namespaced  27-31 all
        podschedulingcontexts/status              namespaced  27-31 object
        podschedulings                            namespaced  26-26 all
        podschedulings/status                     namespaced  26-26 object
        resourceclaimparameters                   namespaced  30-30 all
        resourceclaims                            namespaced  26-   all
        resourceclaims/binding                    namespaced  36-   patch,update
        resourceclaims/driver                     namespaced  36-   arbitrary-node:patch,arbitrary-node:update,associated-node:patch,associated-node:update
        resourceclaims/status                     namespaced  26-   object
        resourceclaimtemplates                    namespaced  26-   all
        resourceclasses                           cluster     26-30 all
        resourceclassparameters                   namespaced  30-30 all
        resourcepoolstatusrequests                cluster     36-   all
        resourcepoolstatusrequests/status         cluster     36-   object
        resourceslices                            cluster     30-   all

        [scheduling.k8s.io]
        podgroups                                 namespaced  36-   all
        podgroups/status                          namespaced  36-   object
        priorityclasses                           cluster     -     all = pc
        workloads                                 namespaced  35-   all

        [storage.k8s.io]
        csidrivers                                cluster     -     all
        csinodes                                  cluster     -     all
        csistoragecapacities                      namespaced  -     all
        storageclasses                            cluster     -     all = sc
        volumeattachments                         cluster     -     all
        volumeattachments/status                  cluster     -     object
        volumeattributesclasses                   cluster     29-   all = vac

        [storagemigration.k8s.io]
        storageversionmigrations                  cluster     30-   all
        storageversionmigrations/status           cluster     30-   object
        """;
}
