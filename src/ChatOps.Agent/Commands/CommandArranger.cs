using System.CommandLine;
using ChatOps.Tools;

namespace ChatOps.Agent.Commands;

/// <summary>
/// Finds the command in the words of a line and puts its options, words and command line where System.CommandLine cannot mistake them.
/// Our own options count only before a command line starts and, repeatedly, at the very end of the line; <c>--</c> ends options.
/// </summary>
internal sealed class CommandArranger
{
    private readonly IReadOnlyList<ChatWord> words;
    private readonly string? line;
    private readonly List<Command> path = [];
    private readonly List<string> args = [];
    private readonly List<string> plain = [];
    private int next;
    private bool asksForHelp;

    private CommandArranger(Command root, IReadOnlyList<ChatWord> words, string? line)
    {
        this.words = words;
        this.line = line;
        path.Add(root);
    }

    /// <summary>Arranges a line.</summary>
    /// <param name="root">The tree.</param>
    /// <param name="words">The words.</param>
    /// <param name="line">The line they came from, when there is one: a command line is cut out of it as written.</param>
    public static CommandArrangement Arrange(Command root, IReadOnlyList<ChatWord> words, string? line) =>
        new CommandArranger(root, words, line).Arrange();

    private CommandArrangement Arrange()
    {
        if (!Walk()) return Unchanged();
        if (path[^1] is not ToolCommand tool) return WithoutTool();
        if (next < words.Count && tool.Subcommands.Count > 0 && tool.Positional.Count == 0 && !OptionWords.LooksLikeOne(words[next]))
            return new([], NotACommand(words[next].Text));

        var wrong = Place(tool, new OptionWords(path));
        if (wrong is not null) return new([], ParsedCommand.Wrong(wrong, tool: tool.Manifest));
        if (plain.Count > 0)
        {
            args.Add("--");
            args.AddRange(plain);
        }
        return new(args);
    }

    // From command to subcommand, past options of the commands on the way.
    private bool Walk()
    {
        for (; next < words.Count; next++)
        {
            var word = words[next];
            var sub = path[^1].Subcommands.FirstOrDefault(c => Names(c).Contains(word.Text, StringComparer.OrdinalIgnoreCase));
            if (sub is not null)
            {
                path.Add(sub);
                args.Add(sub.Name);
            }
            else if (path[^1] is ToolCommand || !OptionWords.LooksLikeOne(word))
            {
                break;
            }
            else
            {
                if (!new OptionWords(path).TryRead(word, out var option, out var value)) return false;
                asksForHelp |= option is System.CommandLine.Help.HelpOption;
                if (value is null && OptionWords.TakesValue(option))
                {
                    if (++next >= words.Count) return false;
                    value = words[next].Text;
                }
                args.AddRange(OptionWords.Write(option, value));
            }
        }
        return true;
    }

    private CommandArrangement WithoutTool()
    {
        var command = path[^1];
        var isGroup = command.Arguments.Count == 0 && command.Subcommands.Count > 0;
        if (asksForHelp && next >= words.Count) return Unchanged();
        if (next < words.Count) return isGroup ? new([], NotACommand(words[next].Text)) : Unchanged();
        if (line is null && (path.Count == 1 || command.Action is not null) || !isGroup) return Unchanged();
        return new([], ParsedCommand.Wrong(path.Count == 1
            ? "There is no command after the slash. /help lists the commands."
            : $"'{Words()}' needs one more word: {string.Join(", ", command.Subcommands.Select(c => c.Name))}."));
    }

    private ParsedCommand NotACommand(string word)
    {
        var near = CommandNames.Nearest(path[^1], path.Count == 1 ? "" : Words(), string.Join(' ', words.Skip(next).Take(2).Select(w => w.Text)), word);
        var help = line is null ? "--help" : "/help";
        var what = path.Count == 1 ? $"There is no command '{CommandValues.Shown(word)}'." : $"'{CommandValues.Shown(word)}' is not a command of '{Words()}'.";
        var mean = near is null ? $"{help} lists the commands." : $"Did you mean '{(line is null ? "" : "/")}{near}'?";
        return ParsedCommand.Wrong($"{what} {mean}", near);
    }

    private string? Place(ToolCommand tool, OptionWords options)
    {
        var before = tool.CommandLine?.Position ?? int.MaxValue;
        for (; next < words.Count; next++)
        {
            var word = words[next];
            if (word.Raw == "--")
            {
                next++;
                return tool.CommandLine is null ? Plain(words.Count) : TakeCommandLine(tool.CommandLine, words.Count);
            }
            if (options.TryRead(word, out var option, out var value))
            {
                if (value is null && OptionWords.TakesValue(option))
                {
                    if (next + 1 >= words.Count || options.TryRead(words[next + 1], out _, out _)) return NeedsValue(option);
                    value = words[++next].Text;
                }
                args.AddRange(OptionWords.Write(option, value));
            }
            else if (OptionWords.LooksLikeOne(word))
            {
                return Unknown(tool.Manifest, options, word);
            }
            else if (plain.Count < before)
            {
                plain.Add(word.Text);
            }
            else
            {
                break;
            }
        }
        return tool.CommandLine is null || next >= words.Count ? null : TrailingOptions(options, out var end) ?? TakeCommandLine(tool.CommandLine, end);
    }

    private string? TrailingOptions(OptionWords options, out int end)
    {
        var trailing = new List<string>();
        for (end = words.Count; end > next + 1;)
        {
            if (options.TryRead(words[end - 1], out var option, out var value) && (value is not null || !OptionWords.TakesValue(option)))
            {
                if (!OptionWords.MayTrail(option)) break;
                trailing.InsertRange(0, OptionWords.Write(option, value));
                end--;
            }
            else if (end > next + 2 && options.TryRead(words[end - 2], out option, out value) && value is null && OptionWords.TakesValue(option))
            {
                trailing.InsertRange(0, OptionWords.Write(option, words[end - 1].Text));
                end -= 2;
            }
            else
            {
                break;
            }
        }
        args.AddRange(trailing);
        return end > next + 1 && options.TryRead(words[end - 1], out var last, out var own) && own is null && OptionWords.TakesValue(last)
            ? NeedsValue(last)
            : null;
    }

    private string? TakeCommandLine(ToolParameter own, int end)
    {
        if (next >= end) return null;
        // A command line that may be left out: an empty word stands for each word before it that was, so that none is taken for another.
        while (!own.Required && plain.Count < own.Position) plain.Add("");
        if (line is null) plain.Add(ShellQuoting.CommandLine(words.Skip(next).Take(end - next).Select(w => w.Text).ToList()));
        else if (end - next == 1 && words[next].Quoted) plain.Add(words[next].Text);
        else plain.Add(line[words[next].Start..words[end - 1].End]);
        return null;
    }

    private string? Plain(int end)
    {
        plain.AddRange(words.Skip(next).Take(end - next).Select(w => w.Text));
        return null;
    }

    private static string NeedsValue(Option option) =>
        $"{option.Name} needs a value{(option.HelpName is { } name ? $": {option.Name} {name}" : "")}. If it belongs to the command, write -- before the command.";

    private static string Unknown(ToolManifest manifest, OptionWords options, ChatWord word)
    {
        var near = options.Nearest(word);
        return $"'{CommandValues.Shown(word.Text)}' is not an option of '{manifest.Commands[0]}'."
            + (near is null ? "" : $" Did you mean '{near}'?")
            + $" Usage: {CommandUsage.Line(manifest)}";
    }

    private string Words() => string.Join(' ', path.Skip(1).Select(c => c.Name));

    private CommandArrangement Unchanged() => new(words.Select(w => w.Text).ToList());

    private static IEnumerable<string> Names(Command command) => command.Aliases.Prepend(command.Name);
}
