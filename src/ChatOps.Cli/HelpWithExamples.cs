using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace ChatOps.Cli;

/// <summary>Help as System.CommandLine writes it, and the examples of the command.</summary>
/// <param name="examples">Command lines without the program's name, by command.</param>
internal sealed class HelpWithExamples(IReadOnlyDictionary<Command, IReadOnlyList<string>> examples) : SynchronousCommandLineAction
{
    private readonly HelpAction inner = new();

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var command = parseResult.CommandResult.Command;
        // Short forms are left out of lists; whoever asks about one is answered.
        command.Hidden = false;
        // A word for the command above is none for this one ('halt env=prod', but 'halt status').
        foreach (var above in parseResult.CommandResult.Parent is CommandResult { Command: var parent } ? parent.Arguments : []) above.Hidden = true;
        inner.Invoke(parseResult);
        if (!examples.TryGetValue(command, out var lines) || lines.Count == 0) return ExitCodes.Done;
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (var line in lines) output.WriteLine($"  chatops {line}");
        return ExitCodes.Done;
    }
}
