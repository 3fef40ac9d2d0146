using ChatOps.Audit;
using ChatOps.Checks.Runbooks;
using ChatOps.Messages;
using ChatOps.Storage;
using ChatOps.Tools;

namespace ChatOps.Checks.Responses;

/// <summary>Takes the ends of runs into the records of their notes, each once. A failure costs the note a step of trust, and that is said.</summary>
internal sealed class RunbookOutcomes(IStore store, RunbookFiles files, Lazy<IToolInvoker> invoker, IReplies replies, IAuditWriter audit, TimeProvider time)
{
    private const int MaxTaken = 200;
    private const int MaxWhy = 300;

    // A run is noted just before its invocation is made; one that never came to be was cut off in between, and is made again or given up.
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    /// <summary>Takes what has ended.</summary>
    public async Task TakeAsync(CancellationToken cancellationToken)
    {
        foreach (var run in await store.ReadAsync(s => s.FindingWork.OpenRuns(MaxTaken), cancellationToken))
        {
            var outcome = await invoker.Value.FindAsync(run.InvocationId, cancellationToken);
            if (outcome is null ? time.GetUtcNow() - run.At < Patience : RunbookEnds.Of(outcome) is null) continue;
            var note = files.Read().Notes.FirstOrDefault(n => n.Name == run.Note);
            await store.WriteAsync(session => Take(session, run, note, outcome), cancellationToken);
        }
    }

    private bool Take(IStoreSession session, RunbookRun run, RunbookNote? note, InvocationOutcome? outcome)
    {
        if (session.FindingWork.Runs(run.Note, MaxTaken).FirstOrDefault(r => r.InvocationId == run.InvocationId) is { EndedAt: not null }) return false;
        var now = time.GetUtcNow();
        var end = outcome is null ? RunbookEnds.NotRun : RunbookEnds.Of(outcome)!;
        session.FindingWork.Set(run with { EndedAt = now, End = end, AuditId = outcome?.AuditId });
        // What a changed note did in its earlier form says nothing about what it does now.
        if (note is null || note.Digest != run.Digest) return true;
        var before = Runbooks.Runbooks.Of(session, note);
        var why = $"a run of its steps failed ({Short(outcome?.Summary ?? "")})";
        session.FindingWork.Set(RunbookTrusts.After(before, end, why, now));
        var after = Runbooks.Runbooks.Of(session, note);
        if (after.Trust == before.Trust) return true;
        var finding = session.Checks.Finding(run.FindingId);
        if (finding is not null) replies.Post(session, ConversationKey.Parse(finding.ConversationId), ResponseTexts.Fell(before, after, why + "."), ReplyPriority.Result, null);
        audit.Append(session, new AuditEntry(AuditKind.System, $"The trust of the runbook note {note.Name} fell from {RunbookTrusts.Word(before.Trust)} to {RunbookTrusts.Word(after.Trust)}: {why}.")
        {
            ConversationId = finding?.ConversationId,
            InvocationId = run.InvocationId,
            Outcome = "fallen",
            Detail = new Dictionary<string, string> { ["note"] = note.Name, ["finding"] = run.FindingId, ["digest"] = note.Digest },
        });
        return true;
    }

    private static string Short(string text) => text.Length <= MaxWhy ? text : Rendering.TextSplitter.Split(text, MaxWhy, static t => t.Length, fenced: false)[0] + "…";
}
