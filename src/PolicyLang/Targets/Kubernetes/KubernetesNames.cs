using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using PolicyLang.Access;

namespace PolicyLang.Targets.Kubernetes;

/// <summary>Which names Kubernetes takes, and how policyc makes object names of others' names.</summary>
internal static class KubernetesNames
{
    /// <summary>What Kubernetes reserves for itself: users, groups and roles.</summary>
    public const string SystemPrefix = "system:";

    /// <summary>What policyc reserves for itself.</summary>
    public const string OwnPrefix = "policyc:";

    private const int LongestObjectName = 253;
    private const int LongestLabelValue = 63;
    private const int LongestNamespace = 63;
    private const int KeptBeforeHash = 200;
    private const string UserMarker = "user:";

    // '_' is left out because Flux and cli-utils write an inventory entry as namespace_name_group_kind with ':' as "__":
    // an object with '_' in its name could not be found again and would never be pruned.
    private static readonly SearchValues<char> ObjectNameCharacters
        = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:.@+-");

    private static readonly SearchValues<char> LabelCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.");

    private static readonly SearchValues<char> DnsLabelCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>
    /// The name of the binding of a subject to a ClusterRole. It holds the ClusterRole's name because a binding's roleRef cannot be changed:
    /// another role has to be another object. Owned names give names that can be decoded; others may collide, which the caller checks.
    /// </summary>
    public static string BindingName(RbacSubject subject, string clusterRole)
    {
        var separator = subject.IsOwned ? ":as:" : "-";
        var encoded = Encode(subject.Name);
        if (subject.Kind == RbacSubjectKind.User)
        {
            encoded = UserMarker + encoded;
        }
        else if (encoded.StartsWith(UserMarker, StringComparison.Ordinal))
        {
            encoded = string.Concat("user~3A", encoded.AsSpan(UserMarker.Length));
        }

        var name = string.Concat(encoded, separator, Encode(clusterRole));
        return name.Length <= LongestObjectName ? name : Shorten(name);
    }

    /// <summary>Whether a name can stand as an object's name: a path segment, as RBAC validation has it, and short enough to be stored.</summary>
    public static bool IsPathSegment(string name)
        => name is not ("" or "." or "..") && name.AsSpan().IndexOfAny('/', '%') < 0 && Encoding.UTF8.GetByteCount(name) <= LongestObjectName;

    /// <summary>Whether a name is an RFC 1123 label, as namespaces are.</summary>
    public static bool IsDnsLabel(ReadOnlySpan<char> name)
        => name.Length is > 0 and <= LongestNamespace && !name.ContainsAnyExcept(DnsLabelCharacters) && name[0] != '-' && name[^1] != '-';

    /// <summary>Whether a name is an RFC 1123 subdomain, as service accounts are.</summary>
    public static bool IsDnsSubdomain(string name)
    {
        if (name.Length is 0 or > LongestObjectName)
        {
            return false;
        }

        foreach (var part in name.AsSpan().Split('.'))
        {
            var label = name.AsSpan(part);
            if (label.IsEmpty || label.ContainsAnyExcept(DnsLabelCharacters) || label[0] == '-' || label[^1] == '-')
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether every character can be written and read back as it is: no control character, no separator of lines, no broken Unicode.</summary>
    public static bool IsWritable(string name)
    {
        if (!name.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return true;
        }

        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            if (char.IsControl(c) || c is '\u2028' or '\u2029' or '\ufeff' or '\ufffe' or '\uffff')
            {
                return false;
            }

            if (char.IsSurrogate(c))
            {
                if (i + 1 >= name.Length || !char.IsSurrogatePair(c, name[i + 1]))
                {
                    return false;
                }

                i++;
            }
        }

        return true;
    }

    /// <summary>A name as a label's value: itself where Kubernetes takes it, otherwise a hash of it.</summary>
    public static string LabelValue(string name)
        => name.Length is > 0 and <= LongestLabelValue && !name.AsSpan().ContainsAnyExcept(LabelCharacters)
            && char.IsAsciiLetterOrDigit(name[0]) && char.IsAsciiLetterOrDigit(name[^1])
            ? name
            : "sha256-" + Hash(name);

    /// <summary>A name with every byte that may not stand in an object name as <c>~</c> and two hexadecimal digits. Different names stay different.</summary>
    public static string Encode(string name)
    {
        if (!name.AsSpan().ContainsAnyExcept(ObjectNameCharacters))
        {
            return name;
        }

        var text = new StringBuilder(name.Length + 16);
        foreach (var b in Encoding.UTF8.GetBytes(name))
        {
            var c = (char)b;
            if (ObjectNameCharacters.Contains(c))
            {
                text.Append(c);
            }
            else
            {
                text.Append('~').Append(HexDigit(b >> 4)).Append(HexDigit(b & 15));
            }
        }

        return text.ToString();
    }

    // "~." cannot come out of Encode, so a shortened name never meets a whole one.
    private static string Shorten(string name) => string.Concat(name.AsSpan(0, KeptBeforeHash), "~.", Hash(name));

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 20));

    private static char HexDigit(int value) => "0123456789ABCDEF"[value];
}
