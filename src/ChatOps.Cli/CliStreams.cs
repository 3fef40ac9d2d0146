namespace ChatOps.Cli;

/// <summary>What a command reads and writes. Results go to <see cref="Output"/>, everything else to <see cref="Error"/>.</summary>
/// <param name="Input">Standard input.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
/// <param name="OutputIsTerminal">Whether a person looks at the output; then tables, colours and live output are used.</param>
/// <param name="ErrorIsTerminal">Whether a person looks at standard error; then progress is shown.</param>
/// <param name="InputIsTerminal">Whether a person types the input.</param>
internal sealed record CliStreams(
    TextReader Input, TextWriter Output, TextWriter Error, bool OutputIsTerminal, bool ErrorIsTerminal, bool InputIsTerminal)
{
    /// <summary>Whether colours are wanted: a terminal, and nobody said NO_COLOR.</summary>
    public bool Colours { get; init; }

    /// <summary>The process's own streams.</summary>
    public static CliStreams OfProcess()
    {
        var utf8 = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var output = new StreamWriter(System.Console.OpenStandardOutput(), utf8) { AutoFlush = !System.Console.IsOutputRedirected, NewLine = "\n" };
        var input = System.Console.IsInputRedirected ? new StreamReader(System.Console.OpenStandardInput(), utf8) : System.Console.In;
        var terminal = !System.Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb";
        return new(input, output, System.Console.Error, terminal, !System.Console.IsErrorRedirected && terminal, !System.Console.IsInputRedirected)
        {
            Colours = terminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")),
        };
    }
}
