using ChatOps.Identity;
using ChatOps.Tools;

namespace ChatOps.Agent.Commands;

/// <summary>Completes a line by the same definitions and the same splitting into words as the grammar that reads it.</summary>
internal sealed class CommandCompletion(VisibleCommands visible, CompletionValues values) : ICommandCompletion
{
    private const int MaxItems = 20;

    /// <inheritdoc/>
    public IReadOnlyList<CompletionItem> Complete(string text, int cursor, Principal principal)
    {
        if (cursor < 1 || cursor > text.Length || text[0] != '/') return [];
        var head = text[1..cursor];
        ChatWords.TrySplit(head, out var words, out _, out var open);
        var atWord = words.Count > 0 && words[^1].End == head.Length && (open >= 0 || !char.IsWhiteSpace(head[^1]));
        var current = atWord ? words[^1] : new ChatWord("", "", head.Length, head.Length, false);
        var before = atWord ? words[..^1] : words;
        var found = Candidates(visible.For(principal), before, current);
        return found.DistinctBy(c => c.Insert).Take(MaxItems)
            .Select(c => new CompletionItem(1 + current.Start, cursor - 1 - current.Start, c.Insert, c.Label, c.Help)).ToList();
    }

    private IEnumerable<Candidate> Candidates(IReadOnlyList<ToolManifest> manifests, List<ChatWord> before, ChatWord current)
    {
        if (before.Count > 0 && string.Equals(before[0].Text, BuiltInCommands.Help.Name, StringComparison.OrdinalIgnoreCase))
            return NextWords(manifests, before.Skip(1).Select(w => w.Text).ToList(), current.Text);

        var path = before.Select(w => w.Text).ToList();
        var (tool, used) = Tool(manifests, path);
        var subcommands = used == path.Count ? NextWords(manifests, path, current.Text) : [];
        return tool is null ? subcommands : subcommands.Concat(Arguments(tool, manifests, before.Skip(used).ToList(), current));
    }

    private static (ToolManifest? Tool, int Used) Tool(IReadOnlyList<ToolManifest> manifests, List<string> path)
    {
        for (var used = path.Count; used > 0; used--)
        {
            var command = string.Join(' ', path.Take(used));
            if (manifests.FirstOrDefault(m => m.Commands.Contains(command, StringComparer.OrdinalIgnoreCase)) is { } tool) return (tool, used);
        }
        return (null, path.Count);
    }

    // The next word of every command that begins with the words so far.
    private static IEnumerable<Candidate> NextWords(IReadOnlyList<ToolManifest> manifests, List<string> path, string typed)
    {
        var prefix = path.Count == 0 ? "" : string.Join(' ', path) + " ";
        return manifests.SelectMany(m => m.Commands.Select(c => (Command: c, Manifest: m)))
            .Where(c => c.Command.StartsWith(prefix + typed, StringComparison.OrdinalIgnoreCase) && c.Command.Length > prefix.Length)
            .GroupBy(c => c.Command[prefix.Length..].Split(' ')[0])
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new Candidate(g.Key + " ", "/" + prefix + g.Key, About(g.ToList(), prefix + g.Key)));
    }

    private static string About(List<(string Command, ToolManifest Manifest)> commands, string path)
    {
        var own = commands.FirstOrDefault(c => c.Command == path).Manifest;
        return commands.Count == 1 && own is not null
            ? own.Summary
            : string.Join(", ", commands.Where(c => c.Command != path).Select(c => c.Command[(path.Length + 1)..].Split(' ')[0]).Distinct());
    }

    private IEnumerable<Candidate> Arguments(ToolManifest tool, IReadOnlyList<ToolManifest> manifests, List<ChatWord> given, ChatWord current)
    {
        if (given.Any(w => w.Raw == "--") && tool.Parameters.Any(p => p.Kind == ParameterKind.CommandLine)) return [];
        if (given.Count > 0 && Named(tool, given[^1].Raw) is { Kind: not ParameterKind.Flag } waiting) return Values(waiting, manifests, current.Text, "");
        var equals = current.Raw.IndexOf('=', StringComparison.Ordinal);
        if (equals > 0 && Named(tool, current.Raw[..equals]) is { } named) return Values(named, manifests, current.Text[(equals + 1)..], current.Raw[..(equals + 1)]);
        if (current.Raw.StartsWith('-')) return Options(tool, given, current.Raw, all: true);

        var (parameter, inCommandLine) = Position(tool, given);
        if (parameter is not null && !inCommandLine) return Values(parameter, manifests, current.Text, "");
        // Inside a command line, or after the last word: only what is still needed, so that nobody is pestered.
        return current.Raw.Length == 0 ? Options(tool, given, "--", all: false) : [];
    }

    private static IEnumerable<Candidate> Options(ToolManifest tool, List<ChatWord> given, string typed, bool all)
    {
        var taken = given.Select(w => Named(tool, w.Raw.Split('=')[0])).Where(p => p is { Repeatable: false }).ToHashSet();
        return tool.Parameters
            .Where(p => !p.Hidden && p.Position is null && !taken.Contains(p) && (all || CommandUsage.IsRequired(p)))
            .Where(p => ParameterNames.Option(p).StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(CommandUsage.IsRequired)
            .Select(p => new Candidate(ParameterNames.Option(p) + " ", p.Kind == ParameterKind.Flag ? ParameterNames.Option(p) : $"{ParameterNames.Option(p)} {ParameterNames.Value(p)}", p.Description));
    }

    private IEnumerable<Candidate> Values(ToolParameter parameter, IReadOnlyList<ToolManifest> manifests, string typed, string prefix) =>
        values.For(parameter, typed, manifests)
            .Where(v => v.Value.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .Select(v => new Candidate($"{prefix}{ShellQuoting.Quote(v.Value)} ", v.Value, v.Help));

    // Which place the current word takes, by counting the words before it that belong to no option.
    private static (ToolParameter? Parameter, bool InCommandLine) Position(ToolManifest tool, List<ChatWord> given)
    {
        var positional = ParameterNames.Positional(tool);
        var place = 0;
        for (var i = 0; i < given.Count; i++)
        {
            if (Named(tool, given[i].Raw.Split('=')[0]) is not { } option) place++;
            else if (option.Kind != ParameterKind.Flag && !given[i].Raw.Contains('=', StringComparison.Ordinal)) i++;
        }
        if (positional.FirstOrDefault(p => p.Kind == ParameterKind.CommandLine) is { } line && place >= line.Position) return (line, place > line.Position);
        if (place < positional.Count) return (positional[place], false);
        return (positional.Count > 0 && positional[^1].Repeatable ? positional[^1] : null, false);
    }

    private static ToolParameter? Named(ToolManifest tool, string raw) => tool.Parameters.FirstOrDefault(p => ParameterNames.Option(p) == raw);

    private sealed record Candidate(string Insert, string Label, string Help);
}
