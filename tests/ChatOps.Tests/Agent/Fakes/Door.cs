using ChatOps.Identity;
using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Tests.Agent.Fakes;

/// <summary>Greets each stranger once, and lets nobody speak in a group called "closed".</summary>
internal sealed class Door : IAdmission
{
    private readonly HashSet<string> greeted = [];

    public List<string> Seen { get; } = [];

    public Task<RichMessage?> WhyNotHereAsync(InboxItem item, CancellationToken cancellationToken) =>
        Task.FromResult(item.Context.Group == "closed" ? RichMessage.Text("not admitted") : null);

    public Task<RichMessage> GreetAsync(InboxItem item, CancellationToken cancellationToken)
    {
        lock (greeted) return Task.FromResult(greeted.Add(item.Actor.Key) ? RichMessage.Text("who are you?") : new RichMessage([]));
    }

    public Task SeenAsync(Principal principal, InboxItem item, CancellationToken cancellationToken)
    {
        lock (Seen) Seen.Add($"{principal.Id} in {item.ConversationId}");
        return Task.CompletedTask;
    }
}
