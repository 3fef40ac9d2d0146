using ChatOps.Rendering;
using ChatOps.Tools;

namespace ChatOps.Channels.Discord;

/// <summary>
/// The command tree as Discord takes it: one command with subcommands and groups of them. Discord has room for 25 in each place, two levels and 8,000 characters: words
/// deeper than that are joined by dashes, and where there are too many the simple ones at the end go into groups <c>more</c>, <c>more2</c>. Pure.
/// </summary>
internal sealed class CommandMap
{
    /// <summary>The command's name.</summary>
    public const string RootName = "chatops";

    public const int Subcommand = 1;
    public const int SubcommandGroup = 2;

    /// <summary>Most options, subcommands and choices in one place.</summary>
    public const int MaxPerPlace = 25;

    /// <summary>Most characters of all names, descriptions and values together.</summary>
    public const int MaxCharacters = 8000;

    private const int MaxName = 32;
    private const int MaxDescription = 100;
    private const int MinDescription = 12;
    private const int MaxChoice = 100;

    private readonly Dictionary<string, IReadOnlyList<string>> words;

    private CommandMap(ApplicationCommand root, Dictionary<string, IReadOnlyList<string>> words) => (Root, this.words) = (root, words);

    /// <summary>What is registered.</summary>
    public ApplicationCommand Root { get; }

    /// <summary>The chat command's words behind a path of subcommands; null when there is none.</summary>
    public IReadOnlyList<string>? Words(IReadOnlyList<string> path) => words.GetValueOrDefault(string.Join(' ', path));

    /// <summary>Lays a tree out.</summary>
    public static CommandMap Of(IReadOnlyList<ChannelCommand> tree)
    {
        for (var description = MaxDescription; ; description /= 2)
        {
            var words = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
            var root = new ApplicationCommand(RootName, "Ask the gateway to do something", 1, Places(tree, words, Math.Max(description, MinDescription)));
            if (Length(root) <= MaxCharacters || description < MinDescription) return new CommandMap(root, words);
        }
    }

    // Commands of one word are the everyday ones, so they have their places first: while there are too few, the group with the fewest commands gives up its own and
    // its commands go into "more".
    private static List<CommandOption> Places(IReadOnlyList<ChannelCommand> tree, Dictionary<string, IReadOnlyList<string>> words, int description)
    {
        var simple = tree.Where(c => c.Subcommands.Count == 0 && c.Usable).ToList();
        var kept = tree.Where(c => c.Subcommands.Count > 0).Select(c => (c.Name, c.Summary, Leaves: Leaves(c, [c.Name]).ToList())).ToList();
        List<(string Name, ChannelCommand Command, IReadOnlyList<string> Words)> folded = [];
        while (kept.Count > 1 && kept.Count + simple.Count + Mores(folded.Count) > MaxPerPlace)
        {
            var smallest = kept.MinBy(g => g.Leaves.Count);
            kept.Remove(smallest);
            folded.AddRange(smallest.Leaves.Select(l => (string.Join('-', l.Words), l.Command, l.Words)));
        }

        var groups = kept.Select(g => Group(g.Name, g.Summary, g.Leaves, words, description)).ToList();
        var fits = simple.Count + groups.Count + Mores(folded.Count) <= MaxPerPlace;
        var direct = fits ? simple : [.. simple.Take(MaxPerPlace - groups.Count - Mores(folded.Count + simple.Count))];
        folded.AddRange(simple.Skip(direct.Count).Select(c => (c.Name, c, (IReadOnlyList<string>)[c.Name])));
        var more = folded.Chunk(MaxPerPlace).Select((chunk, i) => Group(i == 0 ? "more" : $"more{i + 1}", "More commands", chunk, words, description));
        var leaves = direct.Select(c => Leaf(c.Name, c, [c.Name], [], words, description));
        return [.. groups.Concat(leaves).Concat(more).Take(MaxPerPlace).OrderBy(o => o.Name, StringComparer.Ordinal)];
    }

    private static int Mores(int commands) => (commands + MaxPerPlace - 1) / MaxPerPlace;

    private static IEnumerable<(string Name, ChannelCommand Command, IReadOnlyList<string> Words)> Leaves(ChannelCommand command, IReadOnlyList<string> path)
    {
        // A group cannot be used itself at Discord; its own meaning gets a name, and what does something must not look like a list.
        if (command.Usable) yield return (path.Count == 1 ? command.Acts ? "now" : "show-all" : string.Join('-', path.Skip(1)), command, path);
        foreach (var leaf in command.Subcommands.SelectMany(c => Leaves(c, [.. path, c.Name]))) yield return leaf;
    }

    private static CommandOption Group(
        string name, string summary, IEnumerable<(string Name, ChannelCommand Command, IReadOnlyList<string> Words)> leaves, Dictionary<string, IReadOnlyList<string>> words, int description) =>
        new(SubcommandGroup, Name(name), Describe(summary, description),
            Options: [.. leaves.Take(MaxPerPlace).DistinctBy(l => Name(l.Name)).Select(l => Leaf(l.Name, l.Command, l.Words, [Name(name)], words, description))]);

    private static CommandOption Leaf(
        string name, ChannelCommand command, IReadOnlyList<string> chatWords, IReadOnlyList<string> path, Dictionary<string, IReadOnlyList<string>> words, int description)
    {
        words[string.Join(' ', [.. path, Name(name)])] = chatWords;
        // Discord wants what is required first.
        var options = command.Options.OrderByDescending(o => o.Required).Take(MaxPerPlace).Select(o => Option(o, description)).ToList();
        return new CommandOption(Subcommand, Name(name), Describe(command.Summary, description), Options: options.Count == 0 ? null : options);
    }

    private static CommandOption Option(ChannelCommandOption option, int description)
    {
        var choices = option.Choices.Count is > 0 and <= MaxPerPlace && option.Choices.All(c => c.Length is > 0 and <= MaxChoice)
            ? option.Choices.Select(c => new CommandChoice(c, c)).ToList()
            : null;
        var type = option.Kind switch
        {
            ParameterKind.Number => 4,
            ParameterKind.Flag => 5,
            _ => 3,
        };
        return new CommandOption(type, Name(option.Name), Describe(option.Summary, description), option.Required ? true : null,
            type == 3 && choices is null && (option.Completes || option.Choices.Count > 0) ? true : null, type == 3 ? choices : null);
    }

    private static string Name(string name) => name.Length <= MaxName ? name.ToLowerInvariant() : name[..MaxName].ToLowerInvariant();

    private static string Describe(string text, int limit)
    {
        var plain = InertText.Of(text.ReplaceLineEndings(" ")).Trim();
        return plain.Length == 0 ? "–" : DiscordOutbound.Cut(plain, limit);
    }

    private static int Length(ApplicationCommand root) => root.Name.Length + root.Description.Length + (root.Options ?? []).Sum(Length);

    private static int Length(CommandOption option) =>
        option.Name.Length + option.Description.Length + (option.Choices ?? []).Sum(c => c.Name.Length + c.Value.Length) + (option.Options ?? []).Sum(Length);
}
