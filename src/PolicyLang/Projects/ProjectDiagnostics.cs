using PolicyLang.Diagnostics;

namespace PolicyLang.Projects;

/// <summary>The diagnostics of project files, inventories and the reading of files.</summary>
public static class ProjectDiagnostics
{
    /// <summary>The project file has a name that is not looked for.</summary>
    public static readonly DiagnosticDescriptor MisnamedProjectFile = new("misnamed-project-file", DiagnosticSeverity.Error, "the project file must be called `policyc.yaml`");

    /// <summary>The tool's version is outside the range that the project asks for.</summary>
    public static readonly DiagnosticDescriptor WrongToolVersion = new("wrong-tool-version", DiagnosticSeverity.Error, "the project asks for another version of policyc");

    /// <summary>A version range that cannot be read.</summary>
    public static readonly DiagnosticDescriptor InvalidVersionRange = new("invalid-version-range", DiagnosticSeverity.Error, "the version range of `policyc` cannot be read");

    /// <summary>A language version that this tool does not know.</summary>
    public static readonly DiagnosticDescriptor UnknownLanguageVersion = new("unknown-language-version", DiagnosticSeverity.Error, "the project is written in a version of the language that this policyc does not read");

    /// <summary>A glob pattern that cannot be read.</summary>
    public static readonly DiagnosticDescriptor InvalidPattern = new("invalid-pattern", DiagnosticSeverity.Error, "a file pattern cannot be read or means different things to different tools");

    /// <summary>A source pattern without files.</summary>
    public static readonly DiagnosticDescriptor SourceMatchesNothing = new("source-matches-nothing", DiagnosticSeverity.Error, "a pattern of `sources` matches no file, so rules and guards may be missing");

    /// <summary>No policy at all.</summary>
    public static readonly DiagnosticDescriptor NoPolicyFiles = new("no-policy-files", DiagnosticSeverity.Error, "the project has no policy file");

    /// <summary>An output path that leads out of the project or cannot be used.</summary>
    public static readonly DiagnosticDescriptor InvalidOutputPath = new("invalid-output-path", DiagnosticSeverity.Error, "an output path leads out of its folder or differs between systems");

    /// <summary>An environment variable in an output path.</summary>
    public static readonly DiagnosticDescriptor EnvironmentInOutput = new("environment-in-output", DiagnosticSeverity.Error, "an output path names an environment variable or a home folder, which differ between machines");

    /// <summary>A secret written out.</summary>
    public static readonly DiagnosticDescriptor LiteralSecret = new("literal-secret", DiagnosticSeverity.Error, "a secret is written out; only references to secrets are taken");

    /// <summary>A name that is already used for something else.</summary>
    public static readonly DiagnosticDescriptor NameTaken = new("name-taken", DiagnosticSeverity.Error, "a path and an identity provider have the same name");

    /// <summary>A built-in identity provider with another kind.</summary>
    public static readonly DiagnosticDescriptor BuiltInProvider = new("built-in-provider", DiagnosticSeverity.Error, "a built-in identity provider cannot have another kind");

    /// <summary>An identity provider that is not declared.</summary>
    public static readonly DiagnosticDescriptor UnknownProvider = new("unknown-provider", DiagnosticSeverity.Error, "a path names an identity provider that does not exist");

    /// <summary>A mode of clusters that does not exist.</summary>
    public static readonly DiagnosticDescriptor UnknownClusterMode = new("unknown-cluster-mode", DiagnosticSeverity.Error, "a cluster is either managed or observed");

    /// <summary>A cluster that is managed by one pattern and observed by another.</summary>
    public static readonly DiagnosticDescriptor ContradictoryClusterModes = new("contradictory-cluster-modes", DiagnosticSeverity.Error, "two patterns say different things of a cluster");

    /// <summary>A pattern of clusters without a cluster.</summary>
    public static readonly DiagnosticDescriptor ClusterPatternMatchesNothing = new("cluster-pattern-matches-nothing", DiagnosticSeverity.Error, "a pattern of `clusters` matches no cluster of the policy");

    /// <summary>A pattern of existing files without a file.</summary>
    public static readonly DiagnosticDescriptor BaseMatchesNothing = new("base-matches-nothing", DiagnosticSeverity.Error, "a pattern of `base` matches no file, so what is there already would not be seen");

    /// <summary>A pattern of existing manifests that does not say of which cluster they are.</summary>
    public static readonly DiagnosticDescriptor BaseWithoutCluster = new("base-without-cluster", DiagnosticSeverity.Error, "the `base` of `kubernetes` must hold `{cluster}`, which says of which cluster a file is");

    /// <summary>Two exceptions with one name.</summary>
    public static readonly DiagnosticDescriptor RepeatedException = new("repeated-exception", DiagnosticSeverity.Error, "two exceptions have the same name");

    /// <summary>An exception that names nobody or no cluster.</summary>
    public static readonly DiagnosticDescriptor EmptyException = new("empty-exception", DiagnosticSeverity.Error, "an exception names nobody, or no cluster");

    /// <summary>A last day of an exception that is none.</summary>
    public static readonly DiagnosticDescriptor InvalidExceptionDay = new("invalid-exception-day", DiagnosticSeverity.Error, "the last day of an exception is no day");

    /// <summary>An exception about a path that does not exist.</summary>
    public static readonly DiagnosticDescriptor UnknownExceptionPath = new("unknown-exception-path", DiagnosticSeverity.Error, "an exception is about a path that does not exist");

    /// <summary>A pattern of an exception that matches no cluster of its path.</summary>
    public static readonly DiagnosticDescriptor ExceptionWithoutCluster = new("exception-without-cluster", DiagnosticSeverity.Error, "a pattern of an exception matches no cluster that the path leads to");

    /// <summary>An exception whose last day is past.</summary>
    public static readonly DiagnosticDescriptor ExpiredException = new("expired-exception", DiagnosticSeverity.Warning, "the last day of an exception is past, and it excuses nothing any more");

    /// <summary>An identity provider whose people a path cannot see.</summary>
    public static readonly DiagnosticDescriptor WrongProviderKind = new("wrong-provider-kind", DiagnosticSeverity.Error, "a path names an identity provider of a kind whose people it cannot see");

    /// <summary>A custom resource whose name is not that of a CustomResourceDefinition.</summary>
    public static readonly DiagnosticDescriptor InvalidCustomResource = new("invalid-custom-resource", DiagnosticSeverity.Error, "a custom resource must be named `plural.group`, once");

    /// <summary>An inventory of another shape.</summary>
    public static readonly DiagnosticDescriptor InvalidInventory = new("invalid-inventory", DiagnosticSeverity.Error, "an inventory is neither a list of rows, nor a block of rows, nor a Terraform output");

    /// <summary>A row without a name.</summary>
    public static readonly DiagnosticDescriptor MissingRowName = new("missing-row-name", DiagnosticSeverity.Error, "a row of an inventory has no name, or two");

    /// <summary>Two rows with one name.</summary>
    public static readonly DiagnosticDescriptor DuplicateRow = new("duplicate-row", DiagnosticSeverity.Error, "two rows of an inventory have the same name");

    /// <summary><c>*</c> together with names.</summary>
    public static readonly DiagnosticDescriptor MixedClusterList = new("mixed-cluster-list", DiagnosticSeverity.Error, "a namespace lists `*` together with clusters");

    /// <summary>A path that leads out of the project.</summary>
    public static readonly DiagnosticDescriptor OutsideProject = new("outside-project", DiagnosticSeverity.Error, "a file that is read stands outside the project");

    /// <summary>A path in a form that is not taken.</summary>
    public static readonly DiagnosticDescriptor InvalidFilePath = new("invalid-file-path", DiagnosticSeverity.Error, "the path of a file is empty or differs between systems");

    /// <summary>A file that does not exist.</summary>
    public static readonly DiagnosticDescriptor FileNotFound = new("file-not-found", DiagnosticSeverity.Error, "a file does not exist");

    /// <summary>Something that is no regular file.</summary>
    public static readonly DiagnosticDescriptor NotAFile = new("not-a-file", DiagnosticSeverity.Error, "a path names a folder, a device, a pipe or a socket instead of a file");

    /// <summary>A file or folder that may not be read.</summary>
    public static readonly DiagnosticDescriptor Unreadable = new("unreadable-file", DiagnosticSeverity.Error, "a file or folder cannot be read");

    /// <summary>A file that is too large.</summary>
    public static readonly DiagnosticDescriptor FileTooLarge = new("file-too-large", DiagnosticSeverity.Error, "a file is larger than any policy or inventory is");

    /// <summary>A file in another encoding.</summary>
    public static readonly DiagnosticDescriptor NotUtf8 = new("not-utf8", DiagnosticSeverity.Error, "a file is not UTF-8 text");

    /// <summary>A NUL byte.</summary>
    public static readonly DiagnosticDescriptor NulByte = new("nul-byte", DiagnosticSeverity.Error, "a file holds a NUL byte, so it is no text");

    /// <summary>A link that leads back to itself.</summary>
    public static readonly DiagnosticDescriptor LinkLoop = new("symbolic-link-loop", DiagnosticSeverity.Error, "a symbolic link leads back to itself");

    /// <summary>A linked folder that could hold sources.</summary>
    public static readonly DiagnosticDescriptor LinkedFolder = new("linked-folder", DiagnosticSeverity.Warning, "a folder is a symbolic link, and patterns do not go into it");
}
