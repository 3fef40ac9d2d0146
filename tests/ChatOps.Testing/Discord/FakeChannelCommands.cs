using ChatOps.Channels;
using ChatOps.Identity;
using ChatOps.Tools;

namespace ChatOps.Testing.Discord;

/// <summary>A small command tree with one of each: required and optional options, a flag, a number, choices, subcommands, completion.</summary>
public sealed class FakeChannelCommands : IChannelCommands
{
    public IReadOnlyList<ChannelCommand> All { get; set; } =
    [
        new("approvals", "Approvals", [], [new("list", "Open approvals", [], [], true), new("show", "One approval", [new("id", "Which", ParameterKind.Text, true, [], false)], [], true)], true),
        new("nodes", "The fleet", [], [], true),
        new("run", "Runs a command", [
            new("on", "Where", ParameterKind.Selector, false, [], true), new("command", "What", ParameterKind.CommandLine, true, [], false),
            new("parallel", "How many at once", ParameterKind.Number, false, [], false), new("dry-run", "Only say", ParameterKind.Flag, false, [], false),
            new("shell", "Which shell", ParameterKind.Choice, false, ["sh", "bash"], false)], [], true),
    ];

    public string Fingerprint { get; set; } = "one";

    public string Line(IReadOnlyList<string> words, IReadOnlyDictionary<string, string> options)
    {
        if (words[0] == "gone") throw new ArgumentException("There is no such command.", nameof(words));
        return "/" + string.Join(' ', [.. words, .. options.OrderBy(o => o.Key, StringComparer.Ordinal).Select(o => $"--{o.Key}='{o.Value}'")]);
    }

    public Task<IReadOnlyList<CompletionItem>> CompleteAsync(Actor actor, IReadOnlyList<string> words, string option, string typed, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<CompletionItem>>([.. new[] { "web-1", "web-2", "local" }.Where(n => n.StartsWith(typed, StringComparison.Ordinal)).Select(n => new CompletionItem(0, typed.Length, n, n, "A node"))]);
}
