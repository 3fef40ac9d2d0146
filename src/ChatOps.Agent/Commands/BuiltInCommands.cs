using ChatOps.Tools;

namespace ChatOps.Agent.Commands;

/// <summary>Commands of the conversation itself. They are no tools: they touch nothing but the conversation, and the turn answers them.</summary>
internal static class BuiltInCommands
{
    /// <summary>The group they are listed under.</summary>
    public const string Group = "conversation";

    /// <summary>Lists commands, or explains one.</summary>
    public static readonly ToolManifest Help = new("help", Group, "What you can do here; or how one command is used.", ["help"],
    [
        new("command", ParameterKind.Text, "The command to explain.", Position: 0) { Repeatable = true },
    ]) { ForEverybody = true, Recorded = false, Examples = ["help", "help run"] };

    /// <summary>Stops what runs and withdraws what waits in the conversation.</summary>
    public static readonly ToolManifest Stop = new("stop", Group, "Stop what runs in this conversation, and withdraw what waits.", ["stop"], [])
    {
        ForEverybody = true,
        Examples = ["stop"],
    };

    /// <summary>Starts afresh.</summary>
    public static readonly ToolManifest New = new("new", Group, "Start afresh: nothing said before counts from here on.", ["new"], [])
    {
        ForEverybody = true,
        Recorded = false,
        Examples = ["new"],
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ToolManifest> All { get; } = [Help, New, Stop];
}
