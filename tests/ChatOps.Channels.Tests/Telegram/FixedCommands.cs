using ChatOps.Identity;
using ChatOps.Tools;

namespace ChatOps.Channels.Tests.Telegram;

/// <summary>A small command tree.</summary>
internal sealed class FixedCommands : IChannelCommands
{
    public IReadOnlyList<ChannelCommand> All { get; set; } =
    [
        new("approve", "Approves what waits", [], [], true),
        new("break-glass", "Acts without a second person", [], [], true),
        new("nodes", "The machines", [], [], true),
        new("run", "Runs a command on machines", [], [], true),
    ];

    public string Fingerprint { get; set; } = "one";

    public string Line(IReadOnlyList<string> words, IReadOnlyDictionary<string, string> options) => throw new NotSupportedException();

    public Task<IReadOnlyList<CompletionItem>> CompleteAsync(Actor actor, IReadOnlyList<string> words, string option, string typed, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<CompletionItem>>([]);
}
