using ChatOps.Identity;
using ChatOps.Tools;

namespace ChatOps.Channels.Tests.Slack;

/// <summary>Three commands, for a channel that asks which words begin one.</summary>
internal sealed class FewCommands : IChannelCommands
{
    public IReadOnlyList<ChannelCommand> All { get; } = [.. new[] { "nodes", "run", "status" }.Select(name => new ChannelCommand(name, name, [], [], Usable: true))];

    public string Fingerprint => "few";

    public string Line(IReadOnlyList<string> words, IReadOnlyDictionary<string, string> options) => throw new NotSupportedException();

    public Task<IReadOnlyList<CompletionItem>> CompleteAsync(Actor actor, IReadOnlyList<string> words, string option, string typed, CancellationToken cancellationToken) => throw new NotSupportedException();
}
