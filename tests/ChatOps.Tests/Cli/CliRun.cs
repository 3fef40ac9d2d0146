using ChatOps.Cli;

namespace ChatOps.Tests.Cli;

/// <summary>A command line run in this process, with everything piped.</summary>
internal sealed record CliRun(int ExitCode, string Output, string Error)
{
    public static Task<CliRun> OfAsync(params string[] args) => WithInputAsync("", args);

    public static async Task<CliRun> WithInputAsync(string input, params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var streams = new CliStreams(new StringReader(input), output, error, OutputIsTerminal: false, ErrorIsTerminal: false, InputIsTerminal: false);
        var code = await CommandLine.RunAsync(args, streams);
        return new(code, output.ToString(), error.ToString());
    }
}
