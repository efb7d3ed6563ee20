namespace PolicyLang.Tests.Targets.Tailscale;

/// <summary>Finds recorded answers of the real systems: the folder in <c>POLICYC_ORACLE</c>, or the copies in this repository.</summary>
internal static class TailscaleOracle
{
    public static string? Find(string file)
    {
        if (Environment.GetEnvironmentVariable("POLICYC_ORACLE") is { Length: > 0 } root && File.Exists(Path.Combine(root, "tailscale", file)))
        {
            return Path.Combine(root, "tailscale", file);
        }

        var copy = Path.Combine(Repository, "tests", "PolicyLang.Tests", "Oracle", "tailscale", file);
        return File.Exists(copy) ? copy : null;
    }

    public static string Repository
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PolicyLang.sln")))
            {
                folder = folder.Parent;
            }

            return folder?.FullName ?? throw new DirectoryNotFoundException("the tests must run from inside the repository");
        }
    }
}
