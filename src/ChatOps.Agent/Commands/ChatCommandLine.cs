using System.CommandLine;
using ChatOps.Tools;

namespace ChatOps.Agent.Commands;

/// <summary>Reads command lines as people type them in chat, with or without the slash.</summary>
public sealed class ChatCommandLine
{
    private readonly Command root = new("chat");

    /// <summary>Builds the grammar.</summary>
    /// <param name="manifests">The tools; the conversation's own commands are added.</param>
    public ChatCommandLine(IEnumerable<ToolManifest> manifests)
    {
        Manifests = manifests.Concat(BuiltInCommands.All).ToList();
        CommandTree.AddTo(root, Manifests, null);
    }

    /// <summary>Every command's definition, the conversation's own included.</summary>
    public IReadOnlyList<ToolManifest> Manifests { get; }

    /// <summary>Whether a text is a command: a slash and a letter, so that a path or a lone slash is not one.</summary>
    public static bool IsCommand(string text)
    {
        var start = text.AsSpan().TrimStart();
        return start.Length > 1 && start[0] == '/' && char.IsAsciiLetter(start[1]) && !IsPath(start);
    }

    /// <summary>Reads a line.</summary>
    public ParsedCommand Parse(string text)
    {
        var line = text.Trim();
        if (line.StartsWith('/')) line = line[1..];
        if (!ChatWords.TrySplit(line, out var words, out var error, out _)) return ParsedCommand.Wrong(error);
        var arranged = CommandArranger.Arrange(root, words, line);
        if (arranged.Wrong is { } wrong) return wrong;
        var result = root.Parse(arranged.Args, CommandTree.Parsing);
        return CommandTree.Read(result) ?? ParsedCommand.Wrong("That is not a command. /help lists the commands.");
    }

    // "/etc/hosts is full" is a sentence about a path.
    private static bool IsPath(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAny(' ', '\n', '\t');
        return (end < 0 ? text : text[..end])[1..].Contains('/');
    }
}
