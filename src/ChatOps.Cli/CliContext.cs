using System.CommandLine;
using ChatOps.Cli.Terminal;

namespace ChatOps.Cli;

/// <summary>What every command has at hand.</summary>
/// <param name="Streams">Where it reads and writes.</param>
/// <param name="Options">The global options' definitions.</param>
internal sealed record CliContext(CliStreams Streams, GlobalOptions Options)
{
    /// <summary>The global options of this command line.</summary>
    public GlobalValues Global(ParseResult result) => Options.Read(result);

    /// <summary>Says something that is not the result.</summary>
    public void Say(string text) => Streams.Error.WriteLine(TerminalText.Inert(text));
}
