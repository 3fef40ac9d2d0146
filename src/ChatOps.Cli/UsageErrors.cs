using System.CommandLine;
using ChatOps.Configuration;

namespace ChatOps.Cli;

/// <summary>What is wrong with a command line, with the nearest right word.</summary>
internal static class UsageErrors
{
    /// <summary>All errors, and where help is.</summary>
    public static string Describe(ParseResult result)
    {
        var command = result.CommandResult.Command;
        var lines = result.Errors.Select(e => e.Message).Distinct().ToList();
        foreach (var word in result.UnmatchedTokens)
        {
            var names = word.StartsWith('-')
                ? command.Options.Concat(result.RootCommandResult.Command.Options).Where(o => !o.Hidden).Select(o => o.Name)
                : command.Subcommands.Where(c => !c.Hidden).Select(c => c.Name);
            if (NearestName.Of(word, names) is { } near) lines.Add($"Did you mean '{near}'?");
        }

        lines.Add($"`{CommandHelp.PathOf(command)} --help` shows how it is used.");
        return string.Join(Environment.NewLine, lines);
    }
}
