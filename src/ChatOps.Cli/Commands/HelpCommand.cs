using System.CommandLine;
using ChatOps.Agent.Commands;

namespace ChatOps.Cli.Commands;

/// <summary><c>chatops help [COMMAND]</c>: what <c>--help</c> says, for those who type the word.</summary>
internal static class HelpCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(RootCommand root)
    {
        var words = new Argument<string[]>("COMMAND") { Arity = ArgumentArity.ZeroOrMore, Description = "The command to explain, as it is typed." };
        var command = new Command("help", "Explain a command, or list all of them.") { words };
        command.SetAction((result, cancellationToken) =>
        {
            var arranged = CommandTree.Arrange(root, [.. result.GetValue(words) ?? [], "--help"]);
            if (arranged.Wrong is { } wrong) throw new CliFailureException(ExitCodes.Usage, "usage", wrong.Error!);
            return root.Parse(arranged.Args, CommandTree.Parsing).InvokeAsync(result.InvocationConfiguration, cancellationToken);
        });
        return command;
    }
}
