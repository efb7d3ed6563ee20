namespace PolicyLang.Targets.Cloudflare.Reading;

/// <summary>How a reference to a resource of the same artefacts is written into a text that Terraform would fill in.</summary>
internal static class TerraformReferences
{
    /// <summary>
    /// The character in front of the number of the list that a reference stands for. It is in no identifier, and a text that holds it from the start is not read.
    /// </summary>
    public const char Mark = '\uE000';
}
