using ChatOps.Tools;

namespace ChatOps.Agent.Commands;

/// <summary>Reads a tool's command line; the conversation's own commands are for who takes part in it.</summary>
internal sealed class CommandReader(ChatCommandLine grammar) : ICommandReader
{
    /// <inheritdoc/>
    public CommandReading Read(string line)
    {
        var command = grammar.Parse(line);
        if (!command.Understood) return new CommandReading(null, command.Arguments, command.Error);
        return BuiltInCommands.All.Contains(command.Tool)
            ? new CommandReading(null, command.Arguments, $"/{command.Tool.Commands[0]} is for people in their conversation; it cannot be run by others.")
            : new CommandReading(command.Tool, command.Arguments, null);
    }
}
