using PolicyLang.Diagnostics;

namespace PolicyLang.Projects;

/// <summary>The diagnostics of project files, inventories and the reading of files.</summary>
public static class ProjectDiagnostics
{
    /// <summary>The project file has a name that is not looked for.</summary>
    public static readonly DiagnosticDescriptor MisnamedProjectFile = new("misnamed-project-file", DiagnosticSeverity.Error, "the project file must be called `policyc.yaml`")
    {
        Explanation =
            "The project file is called `policyc.yaml`, and only that name is looked for. A file with the other ending would be passed over and all its settings "
            + "with it. Rename it, or remove it if both exist.",
    };

    /// <summary>The tool's version is outside the range that the project asks for.</summary>
    public static readonly DiagnosticDescriptor WrongToolVersion = new("wrong-tool-version", DiagnosticSeverity.Error, "the project asks for another version of policyc")
    {
        Explanation =
            "`policyc` in `policyc.yaml` says which versions of the tool may build the project, and this one is not among them. So outputs change only when "
            + "somebody decides to, and not with whichever version is installed. Install a version of the range, or change the range in a commit of its own.",
    };

    /// <summary>A version range that cannot be read.</summary>
    public static readonly DiagnosticDescriptor InvalidVersionRange = new("invalid-version-range", DiagnosticSeverity.Error, "the version range of `policyc` cannot be read")
    {
        Explanation =
            "`policyc` in `policyc.yaml` holds comparisons with `>=`, `>`, `<`, `<=` or `=`, separated by spaces, all of which must hold, such as `\">=0.1 <1\"`. "
            + "This text is no such range, and a range that is not understood would guard nothing. Correct it.",
    };

    /// <summary>A language version that this tool does not know.</summary>
    public static readonly DiagnosticDescriptor UnknownLanguageVersion = new("unknown-language-version", DiagnosticSeverity.Error, "the project is written in a version of the language that this policyc does not read")
    {
        Explanation =
            "`language` in `policyc.yaml` names the version of the policy language, and this policyc reads version 1 only. In another version the same words may "
            + "mean something else. Install a policyc that reads it, or write `language: 1`.",
    };

    /// <summary>A glob pattern that cannot be read.</summary>
    public static readonly DiagnosticDescriptor InvalidPattern = new("invalid-pattern", DiagnosticSeverity.Error, "a file pattern cannot be read or means different things to different tools")
    {
        Explanation =
            "A pattern of files or clusters cannot be read, or would mean different things to different tools. `*` and `?` stand for characters of one name and "
            + "`**` between slashes for any number of folders; patterns of `sources` end in `.policy`. Correct it.",
    };

    /// <summary>A source pattern without files.</summary>
    public static readonly DiagnosticDescriptor SourceMatchesNothing = new("source-matches-nothing", DiagnosticSeverity.Error, "a pattern of `sources` matches no file, so rules and guards may be missing")
    {
        Explanation =
            "A pattern of `sources` matches no file. A policy that lost some of its files may have lost its guards and still compile, so each pattern must match "
            + "something. Correct the pattern, or remove it.",
    };

    /// <summary>No policy at all.</summary>
    public static readonly DiagnosticDescriptor NoPolicyFiles = new("no-policy-files", DiagnosticSeverity.Error, "the project has no policy file")
    {
        Explanation =
            "The project has no policy file: nothing in the folder matches `sources`, which is `**/*.policy` by default. Often policyc was started in another "
            + "folder. Name the project's folder, write a file that ends in `.policy`, or begin with `policyc init`.",
    };

    /// <summary>An output path that leads out of the project or cannot be used.</summary>
    public static readonly DiagnosticDescriptor InvalidOutputPath = new("invalid-output-path", DiagnosticSeverity.Error, "an output path leads out of its folder or differs between systems")
    {
        Explanation =
            "An output path leads out of its folder, is absolute, or holds characters that not every file system takes. Outputs are files that policyc owns and "
            + "removes, so they stay within their folder on every machine. Write a relative path with forward slashes. Where outputs belong into a neighbouring "
            + "repository, set `outside_project: true` beside `root`.",
    };

    /// <summary>An environment variable in an output path.</summary>
    public static readonly DiagnosticDescriptor EnvironmentInOutput = new("environment-in-output", DiagnosticSeverity.Error, "an output path names an environment variable or a home folder, which differ between machines")
    {
        Explanation =
            "An output path names an environment variable or a home folder. They differ between machines, so the same policy would be written to different places, "
            + "and what was written before would be left behind. Write a path relative to the project, or use `--out` for a single build.",
    };

    /// <summary>A secret written out.</summary>
    public static readonly DiagnosticDescriptor LiteralSecret = new("literal-secret", DiagnosticSeverity.Error, "a secret is written out; only references to secrets are taken")
    {
        Explanation =
            "A value in the project file or an inventory is a secret, by its key or because it looks like a credential. A project is read by everybody who reviews "
            + "it and stays in its history forever. Revoke the secret, keep the new one where secrets are kept, and write a reference here: `secret://…` or `${…}`.",
    };

    /// <summary>A name that is already used for something else.</summary>
    public static readonly DiagnosticDescriptor NameTaken = new("name-taken", DiagnosticSeverity.Error, "a path and an identity provider have the same name")
    {
        Explanation =
            "A path of `policyc.yaml` has the name of an identity provider. The block of a subject names both, as in `github = \"acme/sre\"`, and it would not be "
            + "known which is meant. Give the path another name.",
    };

    /// <summary>A built-in identity provider with another kind.</summary>
    public static readonly DiagnosticDescriptor BuiltInProvider = new("built-in-provider", DiagnosticSeverity.Error, "a built-in identity provider cannot have another kind")
    {
        Explanation =
            "`github`, `okta`, `entra`, `google` and `email` are identity providers that exist without being declared, each of the kind of its name. With another "
            + "kind, a policy would say one thing and mean another. Choose another name for the provider.",
    };

    /// <summary>An identity provider that is not declared.</summary>
    public static readonly DiagnosticDescriptor UnknownProvider = new("unknown-provider", DiagnosticSeverity.Error, "a path names an identity provider that does not exist")
    {
        Explanation =
            "`people` of a path names an identity provider that is neither built in nor declared under `identity_providers`. Without it policyc does not know by "
            + "which names the path sees people. Correct the name, or declare the provider.",
    };

    /// <summary>A mode of clusters that does not exist.</summary>
    public static readonly DiagnosticDescriptor UnknownClusterMode = new("unknown-cluster-mode", DiagnosticSeverity.Error, "a cluster is either managed or observed")
    {
        Explanation =
            "Under `clusters` in `policyc.yaml`, a cluster or pattern is given `manage`, which writes its outputs, or `observe`, which only watches. Another word "
            + "says neither. Write one of the two.",
    };

    /// <summary>A cluster that is managed by one pattern and observed by another.</summary>
    public static readonly DiagnosticDescriptor ContradictoryClusterModes = new("contradictory-cluster-modes", DiagnosticSeverity.Error, "two patterns say different things of a cluster")
    {
        Explanation =
            "Two patterns under `clusters` match one cluster, and one says `manage` where the other says `observe`. Their order means nothing, so neither wins. Say "
            + "which holds in a line with the cluster's own name, which counts more than any pattern.",
    };

    /// <summary>A pattern of clusters without a cluster.</summary>
    public static readonly DiagnosticDescriptor ClusterPatternMatchesNothing = new("cluster-pattern-matches-nothing", DiagnosticSeverity.Error, "a pattern of `clusters` matches no cluster of the policy")
    {
        Explanation =
            "A name or pattern under `clusters` in `policyc.yaml` matches no cluster of the policy. If it was misspelt, a cluster that should only be observed "
            + "would be managed, or the other way round. Correct it, or remove it.",
    };

    /// <summary>A pattern of existing files without a file.</summary>
    public static readonly DiagnosticDescriptor BaseMatchesNothing = new("base-matches-nothing", DiagnosticSeverity.Error, "a pattern of `base` matches no file, so what is there already would not be seen")
    {
        Explanation =
            "A pattern of `base` matches no file. What the system holds already would not be seen, and the build would prove less than it seems to. Correct the "
            + "pattern, or remove it where there is nothing.",
    };

    /// <summary>A pattern of existing manifests that does not say of which cluster they are.</summary>
    public static readonly DiagnosticDescriptor BaseWithoutCluster = new("base-without-cluster", DiagnosticSeverity.Error, "the `base` of `kubernetes` must hold `{cluster}`, which says of which cluster a file is")
    {
        Explanation =
            "The manifests that `base` of `kubernetes` names are those of single clusters, and only `{cluster}` in the pattern says of which. Write it where the "
            + "cluster's name stands, such as `exports/{cluster}/*.yaml`.",
    };

    /// <summary>Two exceptions with one name.</summary>
    public static readonly DiagnosticDescriptor RepeatedException = new("repeated-exception", DiagnosticSeverity.Error, "two exceptions have the same name")
    {
        Explanation = "Two entries of `exceptions` have one name. Findings and assumptions call an exception by its name, so each needs its own. Rename one of them.",
    };

    /// <summary>An exception that names nobody or no cluster.</summary>
    public static readonly DiagnosticDescriptor EmptyException = new("empty-exception", DiagnosticSeverity.Error, "an exception names nobody, or no cluster")
    {
        Explanation =
            "An exception names nobody under `who`, or nothing under `clusters`, and so excuses nothing. Name what is excused, or remove the exception. An empty "
            + "list never means everybody.",
    };

    /// <summary>A last day of an exception that is none.</summary>
    public static readonly DiagnosticDescriptor InvalidExceptionDay = new("invalid-exception-day", DiagnosticSeverity.Error, "the last day of an exception is no day")
    {
        Explanation =
            "`until` of an exception takes its last day as year-month-day, such as `2027-03-01`. A day that is not understood could keep the exception open "
            + "forever. Correct it, or leave it out for an exception without end.",
    };

    /// <summary>An exception about a path that does not exist.</summary>
    public static readonly DiagnosticDescriptor UnknownExceptionPath = new("unknown-exception-path", DiagnosticSeverity.Error, "an exception is about a path that does not exist")
    {
        Explanation =
            "An exception is about the `base` of one path, and this path does not exist. It would excuse nothing while it reads as if it did. Correct the name of "
            + "the path.",
    };

    /// <summary>A pattern of an exception that matches no cluster of its path.</summary>
    public static readonly DiagnosticDescriptor ExceptionWithoutCluster = new("exception-without-cluster", DiagnosticSeverity.Error, "a pattern of an exception matches no cluster that the path leads to")
    {
        Explanation =
            "A name or pattern under `clusters` of an exception matches no cluster that the path leads to. It may be misspelt, or the cluster is gone and with it "
            + "the need. Correct it, or remove it.",
    };

    /// <summary>An exception whose last day is past.</summary>
    public static readonly DiagnosticDescriptor ExpiredException = new("expired-exception", DiagnosticSeverity.Warning, "the last day of an exception is past, and it excuses nothing any more")
    {
        Explanation =
            "The last day of the exception is over, so it excuses nothing any more: if the access is still there, it is an error again. Take the access out of the "
            + "system and remove the exception, or give it a later day.",
    };

    /// <summary>An identity provider whose people a path cannot see.</summary>
    public static readonly DiagnosticDescriptor WrongProviderKind = new("wrong-provider-kind", DiagnosticSeverity.Error, "a path names an identity provider of a kind whose people it cannot see")
    {
        Explanation =
            "A path names an identity provider whose people it cannot see, such as a Teleport path with a provider other than GitHub. No name of that provider "
            + "would ever match anybody there. Name a provider of the kind that the finding says.",
    };

    /// <summary>A custom resource whose name is not that of a CustomResourceDefinition.</summary>
    public static readonly DiagnosticDescriptor InvalidCustomResource = new("invalid-custom-resource", DiagnosticSeverity.Error, "a custom resource must be named `plural.group`, once")
    {
        Explanation =
            "A custom resource is named as its CustomResourceDefinition is, by its plural and its group, such as `certificates.cert-manager.io`, and stands in the "
            + "list once. Rights are checked against it, so a wrong name would let wrong rights pass. `kubectl get crds` lists the names; subresources are bare names "
            + "such as `status`.",
    };

    /// <summary>An inventory of another shape.</summary>
    public static readonly DiagnosticDescriptor InvalidInventory = new("invalid-inventory", DiagnosticSeverity.Error, "an inventory is neither a list of rows, nor a block of rows, nor a Terraform output")
    {
        Explanation =
            "An inventory is a list of rows, a block of rows by name, either of them below the one key `clusters` or `namespaces`, or what `terraform output -json` "
            + "prints. This file has another shape, and guessing could lose rows. Bring it into one of these shapes.",
    };

    /// <summary>A row without a name.</summary>
    public static readonly DiagnosticDescriptor MissingRowName = new("missing-row-name", DiagnosticSeverity.Error, "a row of an inventory has no name, or two")
    {
        Explanation =
            "Each row of an inventory has one name: `name` in a list of rows, the key in a block of rows. This row has none, or a second one that differs. Without "
            + "a name no rule could mean it. Give it one.",
    };

    /// <summary>Two rows with one name.</summary>
    public static readonly DiagnosticDescriptor DuplicateRow = new("duplicate-row", DiagnosticSeverity.Error, "two rows of an inventory have the same name")
    {
        Explanation =
            "Two rows of an inventory have one name, and which of them counts is not known. If two exports were put together, one of them is probably outdated. "
            + "Keep one row.",
    };

    /// <summary><c>*</c> together with names.</summary>
    public static readonly DiagnosticDescriptor MixedClusterList = new("mixed-cluster-list", DiagnosticSeverity.Error, "a namespace lists `*` together with clusters")
    {
        Explanation = "A namespace lists `\"*\"`, which stands for every cluster, together with names of clusters. One of the two is not meant. Keep `\"*\"`, or the names.",
    };

    /// <summary>A path that leads out of the project.</summary>
    public static readonly DiagnosticDescriptor OutsideProject = new("outside-project", DiagnosticSeverity.Error, "a file that is read stands outside the project")
    {
        Explanation =
            "The file stands outside of the project folder, by its path or because a symbolic link leads there. A project is complete in its folder, so that every "
            + "machine and every reviewer reads the same files. Copy the file into the project and name it relative to the project folder.",
        Example = """
            clusters from "../inventory/clusters.yaml"
            """,
    };

    /// <summary>A path in a form that is not taken.</summary>
    public static readonly DiagnosticDescriptor InvalidFilePath = new("invalid-file-path", DiagnosticSeverity.Error, "the path of a file is empty or differs between systems")
    {
        Explanation =
            "The path of a file is empty, or holds a backslash or another character that systems take for different things. Write it relative to the project "
            + "folder, with `/` between folders.",
        Example = """
            clusters from "inventory\\clusters.yaml"
            """,
    };

    /// <summary>A file that does not exist.</summary>
    public static readonly DiagnosticDescriptor FileNotFound = new("file-not-found", DiagnosticSeverity.Error, "a file does not exist")
    {
        Explanation =
            "The policy or `policyc.yaml` names a file, such as an inventory, that does not exist. Without it clusters, namespaces or guards could be missing, so "
            + "nothing is compiled. Correct the path, which is relative to the project folder, or put the file there.",
        Example = """
            clusters from "inventory/clusters.yaml"
            """,
    };

    /// <summary>Something that is no regular file.</summary>
    public static readonly DiagnosticDescriptor NotAFile = new("not-a-file", DiagnosticSeverity.Error, "a path names a folder, a device, a pipe or a socket instead of a file")
    {
        Explanation =
            "The path leads to a folder, a device, a pipe, a socket or a submodule instead of a file. Only regular files are read, because everything else can give "
            + "something different each time. Name the file itself.",
    };

    /// <summary>A file or folder that may not be read.</summary>
    public static readonly DiagnosticDescriptor Unreadable = new("unreadable-file", DiagnosticSeverity.Error, "a file or folder cannot be read")
    {
        Explanation =
            "A file or folder cannot be read, for lack of permission or by a fault of the disk. It may hold rules or guards, so policyc does not go on without it. "
            + "Make it readable, or choose `sources` that do not reach it.",
    };

    /// <summary>A file that is too large.</summary>
    public static readonly DiagnosticDescriptor FileTooLarge = new("file-too-large", DiagnosticSeverity.Error, "a file is larger than any policy or inventory is")
    {
        Explanation =
            "The file is larger than 16 MB, which no policy or inventory is. The limit keeps a file from exhausting the memory of whoever checks it. Split it into "
            + "several files.",
    };

    /// <summary>A file in another encoding.</summary>
    public static readonly DiagnosticDescriptor NotUtf8 = new("not-utf8", DiagnosticSeverity.Error, "a file is not UTF-8 text")
    {
        Explanation = "The file is not UTF-8 text; it was saved in an older encoding or as UTF-16. Names with letters beyond ASCII would be read wrongly. Save it as UTF-8.",
    };

    /// <summary>A NUL byte.</summary>
    public static readonly DiagnosticDescriptor NulByte = new("nul-byte", DiagnosticSeverity.Error, "a file holds a NUL byte, so it is no text")
    {
        Explanation = "The file holds a NUL byte, which no text has. It is probably a binary file, or text in UTF-16. Save it as UTF-8, or take it out of `sources`.",
    };

    /// <summary>A link that leads back to itself.</summary>
    public static readonly DiagnosticDescriptor LinkLoop = new("symbolic-link-loop", DiagnosticSeverity.Error, "a symbolic link leads back to itself")
    {
        Explanation = "A symbolic link leads back to itself, directly or by way of others, so it never leads to a file. Correct or remove the link.",
    };

    /// <summary>A linked folder that could hold sources.</summary>
    public static readonly DiagnosticDescriptor LinkedFolder = new("linked-folder", DiagnosticSeverity.Warning, "a folder is a symbolic link, and patterns do not go into it")
    {
        Explanation =
            "A folder that could hold sources is a symbolic link, and patterns do not go into it: what stands behind a link can change without the project "
            + "changing. If policies are meant to be there, name the real folder in `sources`; otherwise choose patterns that do not reach the link.",
    };
}
