namespace PolicyLang.Targets.Teleport.Reading;

/// <summary>What stands around the <c>spec</c> of a resource.</summary>
internal struct ResourceHead
{
    public string Kind = "";
    public string Version = "";
    public string Name = "";
    public string Namespace = "";

    /// <summary>Whether the operator is told to do nothing.</summary>
    public bool IsIgnored;

    public Node Spec;

    public ResourceHead()
    {
    }

    public static ResourceHead Read(ResourceScope scope, Node root, bool isCustomResource)
    {
        var head = new ResourceHead();
        var metadata = default(Node);
        foreach (var (key, value) in root.Pairs)
        {
            switch (key.Text)
            {
                case "apiVersion" when isCustomResource:
                case "status" when isCustomResource:
                    break;
                case "kind":
                    head.Kind = scope.Text(value);
                    break;
                case "version" when !isCustomResource:
                    head.Version = scope.Text(value);
                    break;
                case "sub_kind" when !isCustomResource && !ResourceScope.SaysSomething(value):
                    break;
                case "metadata":
                    metadata = value;
                    break;
                case "spec":
                    head.Spec = value;
                    break;
                default:
                    scope.Unknown(key);
                    break;
            }
        }

        // The name stands behind some of what may be wrong with it.
        head.Name = scope.Text(metadata["name"]);
        scope.Title = (TitleOf(head.Kind), head.Name);
        head.ReadMetadata(scope, metadata, isCustomResource);
        if (head.Name.Length == 0)
        {
            scope.Refused("it has no name", root);
        }
        else if (isCustomResource && !IsObjectName(head.Name))
        {
            scope.Refused("Kubernetes takes no such name", root);
        }

        return head;
    }

    private static string TitleOf(string kind) => kind switch
    {
        "github" or "TeleportGithubConnector" => "connector",
        "bot" or "TeleportBotV1" => "bot",
        "role" or "TeleportRole" or "TeleportRoleV6" or "TeleportRoleV7" or "TeleportRoleV8" => "role",
        _ => kind,
    };

    private void ReadMetadata(ResourceScope scope, Node metadata, bool isCustomResource)
    {
        if (!scope.IsMap(metadata))
        {
            return;
        }

        foreach (var (key, value) in metadata.Pairs)
        {
            switch (key.Text)
            {
                case "name" or "labels":
                case "description" or "id" or "revision" when !isCustomResource:
                case "creationTimestamp" or "uid" or "resourceVersion" or "generation" or "finalizers" or "managedFields" or "ownerReferences" or "selfLink" when isCustomResource:
                    break;
                case "namespace":
                    Namespace = scope.Text(value);
                    break;
                case "expires" when !isCustomResource:
                    if (!value.IsNothing)
                    {
                        scope.NotModelled("it vanishes one day, or has", key);
                    }

                    break;
                case "annotations" when isCustomResource:
                    IsIgnored |= !value["teleport.dev/ignore-reconcile"].IsNothing;
                    break;
                default:
                    scope.Unknown(key);
                    break;
            }
        }
    }

    // A DNS subdomain in lower case (RFC 1123).
    private static bool IsObjectName(string name)
    {
        if (name.Length > 253)
        {
            return false;
        }

        foreach (var part in name.AsSpan().Split('.'))
        {
            var label = name.AsSpan(part);
            if (label.IsEmpty || label[0] == '-' || label[^1] == '-')
            {
                return false;
            }

            foreach (var c in label)
            {
                if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-')
                {
                    return false;
                }
            }
        }

        return true;
    }
}
