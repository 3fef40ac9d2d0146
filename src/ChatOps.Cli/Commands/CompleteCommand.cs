using System.CommandLine;

namespace ChatOps.Cli.Commands;

/// <summary><c>chatops complete POSITION LINE</c>: what could stand at the cursor, one a line. The shells' scripts call it.</summary>
internal static class CompleteCommand
{
    private const int MaxItems = 200;

    /// <summary>Makes the command.</summary>
    public static Command Create(CliContext context, RootCommand root)
    {
        var position = new Argument<int>("POSITION");
        var line = new Argument<string>("LINE");
        var command = new Command("complete", "What could stand at the cursor.") { position, line };
        command.Hidden = true;
        command.SetAction(result =>
        {
            foreach (var item in Complete(root, result.GetValue(line)!, result.GetValue(position))) context.Streams.Output.WriteLine(item);
            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>What could stand at a place of a line that begins with the program's name.</summary>
    public static IReadOnlyList<string> Complete(RootCommand root, string line, int position)
    {
        position = Math.Clamp(position, 0, line.Length);

        // Some shells give the line without the blank that the cursor stands behind.
        var start = line.IndexOf(' ', StringComparison.Ordinal);
        if (start < 0 || position <= start) return [];
        var rest = line[(start + 1)..position];
        var completions = root.Parse(rest, Agent.Commands.CommandTree.Parsing).GetCompletions(rest.Length);
        var word = rest[(rest.LastIndexOf(' ') + 1)..];
        return [.. completions.Select(c => c.Label)
            .Where(l => l.StartsWith(word, StringComparison.OrdinalIgnoreCase) && l is not ("-h" or "-?" or "/?" or "/h"))
            .Distinct().Order(StringComparer.Ordinal).Take(MaxItems)];
    }
}
