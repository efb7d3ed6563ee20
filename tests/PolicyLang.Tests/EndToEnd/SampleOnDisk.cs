using PolicyLang.Cli.Building;
using PolicyLang.Tests.Cli;

namespace PolicyLang.Tests.EndToEnd;

/// <summary>The design's sample as a project on disk, with the whole program behind the command line.</summary>
internal static class SampleOnDisk
{
    public const string PolicyFile = "sample.policy";

    public static CliTestHost Create()
    {
        var host = new CliTestHost { OtherPipeline = new CompilerPipeline(), Now = new DateTimeOffset(DesignSample.Today, new TimeOnly(12, 0), TimeSpan.Zero) };
        host.Folder.Write(PolicyFile, DesignSample.Policy);
        host.Folder.Write("inventory/clusters.yaml", DesignSample.Clusters);
        host.Folder.Write("inventory/namespaces.yaml", DesignSample.Namespaces);
        return host;
    }

    /// <summary>Changes the policy, which must hold the old text.</summary>
    public static void ReplaceInPolicy(this CliTestHost host, string old, string @new)
    {
        var text = host.Folder.Read(PolicyFile);
        var changed = text.Replace(old, @new, StringComparison.Ordinal);
        host.Folder.Write(PolicyFile, changed != text ? changed : throw new ArgumentException($"the policy does not hold `{old}`", nameof(old)));
    }
}
