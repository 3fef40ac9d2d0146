using System.CommandLine;
using ChatOps.Tools;

namespace ChatOps.Agent.Commands;

/// <summary>The one grammar of commands, for chat and for the command line, built from the tools' definitions.</summary>
public static class CommandTree
{
    /// <summary>How lines are parsed: words are what they are; no response files, no bundles of one-letter options.</summary>
    public static ParserConfiguration Parsing { get; } = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };

    /// <summary>Adds a command for every path of every tool; groups that exist are extended, other commands that exist stay as they are.</summary>
    /// <param name="root">Where.</param>
    /// <param name="manifests">The tools.</param>
    /// <param name="handler">Runs a tool, or reports the error of the parsed command; returns the exit code. Null when the tree only parses.</param>
    public static void AddTo(
        Command root, IEnumerable<ToolManifest> manifests, Func<ParsedCommand, ParseResult, CancellationToken, Task<int>>? handler)
    {
        // Short paths first: "audit" must be there as a tool before "audit list" would make a plain group of it.
        var paths = manifests.SelectMany(m => m.Commands.Select((c, i) => (Words: c.Split(' '), Manifest: m, Main: i == 0)));
        var aliases = new List<ToolCommand>();
        foreach (var (words, manifest, main) in paths.OrderBy(p => p.Words.Length))
        {
            var group = root;
            foreach (var word in words[..^1]) group = Group(group, word);
            if (group.Subcommands.FirstOrDefault(c => c.Name == words[^1]) is { } taken)
            {
                if (taken is ToolCommand other) throw new InvalidOperationException($"'{string.Join(' ', words)}' is a command of {other.Manifest.Name} and of {manifest.Name}.");
                continue;
            }
            var command = new ToolCommand(words[^1], manifest);
            if (!main) aliases.Add(command);
            // A command without an action would demand one of its subcommands: "audit" alone means "audit list".
            if (handler is null) command.SetAction(_ => 0);
            else command.SetAction((result, cancellationToken) => handler(command.Read(result), result, cancellationToken));
            group.Add(command);
        }
        foreach (var alias in aliases) alias.Hidden = alias.Subcommands.Count == 0;
        Describe(root);
    }

    /// <summary>
    /// Puts an argument vector in order, so that a tool's command line (<c>run ps aux --on local</c>) is taken as it is: our own options count
    /// before it starts and at the very end. Call it before parsing; when <see cref="CommandArrangement.Wrong"/> is set, report that instead.
    /// </summary>
    public static CommandArrangement Arrange(Command root, IReadOnlyList<string> args) =>
        CommandArranger.Arrange(root, args.Select(ChatWord.Argument).ToList(), null);

    /// <summary>What a parse result of a tool's command means; null when it is another command's.</summary>
    public static ParsedCommand? Read(ParseResult result) => (result.CommandResult.Command as ToolCommand)?.Read(result);

    private static void Describe(Command command)
    {
        foreach (var sub in command.Subcommands)
        {
            Describe(sub);
            if (string.IsNullOrEmpty(sub.Description)) sub.Description = "Has: " + string.Join(", ", sub.Subcommands.Select(c => c.Name)) + ".";
        }
    }

    private static Command Group(Command parent, string word)
    {
        var group = parent.Subcommands.FirstOrDefault(c => c.Name == word);
        if (group is null) parent.Add(group = new Command(word));
        return group;
    }
}
