using ChatOps.Console.Chat;
using ChatOps.Console.Components;
using ChatOps.Console.Http;
using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Console.Live;

/// <summary>Renders the pieces that live connections push.</summary>
internal sealed class LiveFragments(ConsoleRenderer renderer)
{
    public async Task<LiveMessage> EntryAsync(TimelineEntry entry) =>
        new("entry", entry.Id, await renderer.RenderAsync<ChatEntry>(new() { [nameof(ChatEntry.Entry)] = entry }));

    public async Task<LiveMessage> ProgressAsync(string messageId, RichMessage content, DateTimeOffset at) =>
        new("entry", messageId, await renderer.RenderAsync<ReplyEntry>(new()
        {
            [nameof(ReplyEntry.Id)] = messageId, [nameof(ReplyEntry.Content)] = content, [nameof(ReplyEntry.At)] = at, [nameof(ReplyEntry.Live)] = true,
        }));

    public async Task<LiveMessage> PanesAsync(PanesView panes) => new(
        "panes",
        Needs: await renderer.RenderAsync<NeedsPane>(new() { [nameof(NeedsPane.Approvals)] = panes.NeedsYou }),
        Running: await renderer.RenderAsync<RunningPane>(new() { [nameof(RunningPane.Work)] = panes.Running }),
        Halts: await renderer.RenderAsync<HaltNotice>(new() { [nameof(HaltNotice.Halts)] = panes.Halts }),
        Count: panes.NeedsYou.Count);
}
