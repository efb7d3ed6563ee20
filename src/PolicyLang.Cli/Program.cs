using PolicyLang.Cli;

if (args is ["--version"])
{
    using var output = Console.OpenStandardOutput();
    output.Write(ToolVersion.Line);
    return ExitCodes.Fine;
}

return ProcessHost.Run(args);
