using ChatOps.Checks.Incidents;
using ChatOps.Checks.Runbooks;
using ChatOps.Diagnostics;
using ChatOps.Fleet;
using ChatOps.Identity;
using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Checks.Responses;

/// <summary>
/// What is done about one finding, in three steps, each on disk before the next: a runbook note is chosen and the question to a model counted; the note's steps are put to
/// the gate; the model is asked. Ids come from the finding, so that a step which a crash cut off is the same one when it is done again.
/// </summary>
internal sealed class FindingResponder(
    ChecksOptions options, IStore store, RunbookFiles files, NoteProposal proposal, Lazy<IInvestigations> investigations, IPrincipals principals, INodes nodes, IReplies replies, TimeProvider time)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>Goes on with it to its end.</summary>
    public async Task RespondAsync(string findingId, CancellationToken cancellationToken)
    {
        while (await store.ReadAsync(s => (s.FindingWork.Response(findingId), s.Checks.Finding(findingId)), cancellationToken) is ({ Stage: not FindingStage.Done } response, { } finding))
        {
            // Its thread is about to be there; whoever settles that wakes this again.
            if (response.Stage == FindingStage.Told && await store.ReadAsync(s => IncidentThreads.IsAwaited(s, finding, time.GetUtcNow()), cancellationToken)) return;
            switch (response.Stage)
            {
                case FindingStage.Told:
                    await DecideAsync(finding, cancellationToken);
                    CrashPoint.Hit("finding.decided");
                    break;
                case FindingStage.Decided:
                    await ProposeAsync(response, finding, cancellationToken);
                    CrashPoint.Hit("finding.proposed");
                    break;
                default:
                    await AskAsync(response, finding, cancellationToken);
                    break;
            }
        }
    }

    private Task<bool> DecideAsync(Finding finding, CancellationToken cancellationToken)
    {
        var note = files.Read().For(finding, nodes.All());
        return store.WriteAsync(
            session =>
            {
                if (session.FindingWork.Response(finding.Id) is not { Stage: FindingStage.Told } response) return false;
                // It got well before anybody could do something about it.
                if (session.Checks.Finding(finding.Id) is not { ClosedAt: null })
                {
                    session.FindingWork.Set(response with { Stage = FindingStage.Done });
                    return true;
                }

                var now = time.GetUtcNow();
                var state = note is null ? null : Runbooks.Runbooks.Of(session, note);
                var (ask, why) = MayAsk(session, now);
                session.FindingWork.Set(response with { Stage = FindingStage.Decided, Note = note?.Name, Trust = state?.Trust ?? RunbookTrust.Observe, AskedAt = ask ? now : null });
                Post(session, finding, ResponseTexts.Decided(state, why));
                return true;
            },
            cancellationToken);
    }

    private async Task ProposeAsync(FindingResponse response, Finding finding, CancellationToken cancellationToken)
    {
        var state = await StateAsync(response, cancellationToken);
        var proposed = state is null || response.Trust < RunbookTrust.Approve
            ? new NoteProposed(null, "", null)
            : await proposal.MakeAsync(finding, state, cancellationToken);
        CrashPoint.Hit("finding.invoked");
        await store.WriteAsync(
            session =>
            {
                if (session.FindingWork.Response(finding.Id) is not { Stage: FindingStage.Decided } now) return false;
                session.FindingWork.Set(now with { Stage = FindingStage.Proposed, Plan = proposed.InvocationId, PlanSaid = proposed.Said });
                Post(session, finding, proposed.Message);
                return true;
            },
            cancellationToken);
    }

    private async Task AskAsync(FindingResponse response, Finding finding, CancellationToken cancellationToken)
    {
        string? inboxId = null;
        if (response.AskedAt is not null)
        {
            inboxId = await investigations.Value.BeginAsync(finding, await StateAsync(response, cancellationToken), response.PlanSaid, options.Investigations.As, cancellationToken);
            CrashPoint.Hit("finding.begun");
        }

        await store.WriteAsync(
            session =>
            {
                session.FindingWork.Set(response with { Stage = FindingStage.Done, InboxId = inboxId });
                if (response.AskedAt is not null && inboxId is null) Post(session, finding, ResponseTexts.NotAsked("the question was not accepted; the gateway's log says why"));
                return true;
            },
            cancellationToken);
    }

    private async Task<RunbookState?> StateAsync(FindingResponse response, CancellationToken cancellationToken) =>
        response.Note is { } name && files.Read().Notes.FirstOrDefault(n => n.Name == name) is { } note
            ? await store.ReadAsync(session => Runbooks.Runbooks.Of(session, note), cancellationToken)
            : null;

    // No model, or one that is not to be asked: nothing is said of it. A bound that was reached is said.
    private (bool Ask, string? Why) MayAsk(IStoreSession session, DateTimeOffset now)
    {
        var bounds = options.Investigations;
        if (!bounds.Enabled || !investigations.Value.Possible) return (false, null);
        if (principals.Find(bounds.As) is null) return (false, $"Checks:Investigations:As is '{bounds.As}', and nobody in access.yaml is called that");
        var asked = session.FindingWork.AskedSince(now - Hour);
        if (asked.Count >= bounds.PerHour) return (false, $"{asked.Count} were looked into in the last hour (Checks:Investigations:PerHour)");
        var open = asked.Count(r => r.Stage != FindingStage.Done || (r.InboxId is { } id && session.Inbox.Find(id) is { State: InboxState.Accepted or InboxState.Working }));
        return open >= bounds.AtOnce ? (false, $"{open} are being looked into now (Checks:Investigations:AtOnce)") : (true, null);
    }

    private void Post(IStoreSession session, Finding finding, RichMessage? message)
    {
        if (message is not null) replies.Post(session, ConversationKey.Parse(finding.ConversationId), message, ReplyPriority.Result, null);
    }
}
