using ChatOps.Agent.Models.Costs;
using ChatOps.Costs;
using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Agent.Turns;

/// <summary>Turns that lie still at a budget.</summary>
internal sealed partial class TurnStore
{
    /// <summary>Opens those again for which there is room, that nobody will make room for, or that waited long enough: the turn itself goes on or says its end.</summary>
    /// <param name="limit">How many messages that wait are looked at.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The conversations to wake.</returns>
    public async Task<IReadOnlyList<string>> OpenPausedAsync(int limit, CancellationToken cancellationToken)
    {
        var ready = await store.ReadAsync(
            session => session.Inbox.Suspended(limit).Where(i => i.Context.Pause is not null && Look(session, i) != PauseEnd.None).Select(i => i.Id).ToList(), cancellationToken);
        var opened = new List<string>();
        foreach (var id in ready)
        {
            var conversation = await store.WriteAsync(session => OpenPaused(session, id), cancellationToken);
            if (conversation is null) continue;
            changes.Notify(id, ConversationKey.Parse(conversation));
            opened.Add(conversation);
        }

        return opened;
    }

    private string? OpenPaused(IStoreSession session, string id)
    {
        if (session.Inbox.Find(id) is not { State: InboxState.Suspended, Context.Pause: { } pause } item) return null;
        var end = Look(session, item);
        if (end == PauseEnd.None) return null;
        if (end == PauseEnd.Room) GoOn(session, item);
        else session.Inbox.SetContext(id, item.Context with { Pause = pause with { Expired = pause.RefusedBy is null } });
        return session.Inbox.Resume(id) ? item.ConversationId : null;
    }

    // The answer comes as a message of its own: an edit of one from hours ago would be seen by nobody.
    private void GoOn(IStoreSession session, InboxItem item)
    {
        var said = FindWorking(session, item.Id, belowCards: true);
        if (said is not null) replies.Edit(session, said, RichMessage.Text(BudgetTexts.GoesOn), ReplyPriority.Result);
        session.Inbox.SetContext(item.Id, item.Context with { Pause = null, Below = said ?? item.Context.Below });
    }

    /// <summary>Lays a turn still; not when there is room already: whoever made it would not wake it again.</summary>
    private bool Pause(IStoreSession session, Turn turn, BudgetPause pause)
    {
        if (session.Inbox.Find(turn.Item.Id) is not { } item) return false;
        var context = item.Context with { Pause = pause };
        if (Look(session, item with { Context = context }) == PauseEnd.Room) return false;
        session.Inbox.SetContext(item.Id, context);
        return true;
    }

    private PauseEnd Look(IStoreSession session, InboxItem item)
    {
        var pause = item.Context.Pause!;
        if (pause.RefusedBy is not null) return PauseEnd.Refused;
        if (budgets.Look(session, pause.Principal, item.ConversationId).All(b => b.Spent + pause.Needed <= b.Limit)) return PauseEnd.Room;
        return pause.Until <= time.GetUtcNow() ? PauseEnd.Late : PauseEnd.None;
    }

    private enum PauseEnd
    {
        None,
        Room,
        Refused,
        Late,
    }
}
