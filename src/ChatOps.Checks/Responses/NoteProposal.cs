using System.Security.Cryptography;
using System.Text;
using ChatOps.Checks.Runbooks;
using ChatOps.Messages;
using ChatOps.Storage;
using ChatOps.Tools;

namespace ChatOps.Checks.Responses;

/// <summary>
/// Puts the steps of a note to the gate as one plan, in the name of the note's owner. Below <c>auto</c> it always asks: what was found is text from outside, so the plan is
/// marked by it. A plan that is riskier than the note allows, or that the gate would refuse, is not made; its steps are shown instead.
/// </summary>
internal sealed class NoteProposal(IStore store, RunbookCommands commands, Lazy<IToolInvoker> invoker, TimeProvider time)
{
    // Characters of an invocation's id before the number of the try, as all invocations have them.
    private const int IdLength = 26;

    /// <summary>Makes it, or finds out what became of it when it was made before.</summary>
    public async Task<NoteProposed> MakeAsync(Finding finding, RunbookState state, CancellationToken cancellationToken)
    {
        var note = state.Note;
        var (arguments, problem) = RunbookPlan.Of(note, finding, commands);
        if (arguments is null) return Shown(state, problem!);
        var request = new InvocationRequest(IdOf(finding), FindingService.Actor(note.Owner), RunbookPlan.Tool, arguments, FindingService.Source)
        {
            Conversation = ConversationKey.Parse(finding.ConversationId),
            Why = $"runbook note {note.Name}, for: {finding.Text}",
            TaintedBy = state.Trust == RunbookTrust.Auto ? null : $"what the check {finding.Check} found",
        };
        if (await invoker.Value.FindAsync(request.Id, cancellationToken) is null)
        {
            var preview = await invoker.Value.PreviewAsync(request, cancellationToken);
            if (preview.Refusal is { } refusal) return Shown(state, refusal.Summary.TrimEnd('.'));
            if (preview.Item!.Risk > note.Risk) return Shown(state, $"a step of it is {preview.Item.Risk.ToString().ToLowerInvariant()}, and the note allows {note.Risk.ToString().ToLowerInvariant()} at most (risk)");
            await store.WriteAsync(
                session =>
                {
                    session.FindingWork.Set(new RunbookRun(request.Id, note.Name, note.Digest, finding.Id, time.GetUtcNow()));
                    return true;
                },
                cancellationToken);
        }

        var outcome = await invoker.Value.InvokeAsync(request, NoProgress.Instance, cancellationToken);
        // An earlier process may have left it, and the gate finds out what became of it.
        if (outcome.Status == InvocationStatus.Running) outcome = await invoker.Value.WaitAsync(request.Id, cancellationToken) ?? outcome;
        return outcome.Status switch
        {
            InvocationStatus.Waiting => new(request.Id, $"The note's steps are proposed on a card that waits for a decision (approval {outcome.ApprovalId}).", null),
            // Decided while a restart lay between: the card shows how it went.
            _ when outcome.ApprovalId is not null => new(request.Id, $"The note's steps were proposed, and that was decided: {outcome.Summary}", null),
            InvocationStatus.Refused => Shown(state, outcome.Summary.TrimEnd('.')) with { InvocationId = request.Id },
            _ => new(request.Id, $"The note's steps ran by themselves (trust auto): {outcome.Summary}", ResponseTexts.Ran(note, outcome)),
        };
    }

    private static NoteProposed Shown(RunbookState state, string why) =>
        new(null, $"The note's steps were not proposed: {why}.", ResponseTexts.NotProposed(state.Note, why));

    private static string IdOf(Finding finding) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("finding " + finding.Id)))[..IdLength] + "-1";
}
