using ChatOps.Tools;

namespace ChatOps.Checks.Runbooks;

/// <summary>Reads the command lines of notes as those of chat. <c>{node}</c> stands for the nodes of the finding, where a command wants nodes.</summary>
internal sealed class RunbookCommands(Lazy<ICommandReader> reader)
{
    /// <summary>What stands for the nodes of the finding.</summary>
    public const string Node = "{node}";

    // A name that the grammar of selectors takes, and that nobody gives to a node.
    private const string Placeholder = "node-of-the-finding";
    private const string Schedules = "schedules";

    /// <summary>Why a command line cannot stand in a note; null when it can.</summary>
    public string? WhyNot(string line)
    {
        if (line.Length > RunbookBounds.MaxCommand) return $"this has more than {RunbookBounds.MaxCommand} characters.";
        if (line.Contains(Placeholder, StringComparison.Ordinal)) return $"'{Placeholder}' is not a name to write; write {Node}.";
        var read = Read(line);
        if (read.Tool is not { } tool) return read.Error ?? "this is no command.";
        if (tool.NeverAsks || (tool.Group == Schedules && tool.Recorded)) return $"'{tool.Commands[0]}' is a person's own decision, so it is no step of a note.";
        if (tool.Name == RunbookPlan.Tool) return "a plan is made of a note's steps; write the steps themselves.";
        var badly = read.Arguments.FirstOrDefault(a => a.Value != Placeholder && a.Value.Contains(Placeholder, StringComparison.Ordinal));
        return badly.Key is null ? null : $"{Node} stands for nodes, alone and where a command wants them: --on {Node}.";
    }

    /// <summary>Whether a line needs the nodes of the finding.</summary>
    public static bool NeedsNodes(string line) => line.Contains(Node, StringComparison.Ordinal);

    /// <summary>What a line means for some nodes; null when it cannot be read any more.</summary>
    public (string Tool, IReadOnlyDictionary<string, string> Arguments)? Of(string line, IReadOnlyList<string> nodes)
    {
        var read = Read(line);
        if (read.Tool is not { } tool) return null;
        var selector = nodes is [var only] ? only : $"node in ({string.Join(",", nodes)})";
        return (tool.Name, read.Arguments.ToDictionary(a => a.Key, a => a.Value == Placeholder ? selector : a.Value, StringComparer.Ordinal));
    }

    private CommandReading Read(string line) => reader.Value.Read(line.Replace(Node, Placeholder, StringComparison.Ordinal));
}
