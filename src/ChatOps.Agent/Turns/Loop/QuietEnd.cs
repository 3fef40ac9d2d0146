using ChatOps.Messages;
using ChatOps.Schedules;
using ChatOps.Storage;

namespace ChatOps.Agent.Turns.Loop;

/// <summary>How a turn ends that nobody sees: with what its answer asks to say, or with nothing. What went wrong is for the history of whoever asked, not for the conversation.</summary>
internal static class QuietEnd
{
    /// <summary>Makes it of the end that a turn would have had.</summary>
    public static TurnEnd Of(Turn turn, TurnEnd end, StepLog log)
    {
        // Cards ask for themselves; it goes on when they are decided.
        if (end.State is InboxState.Suspended or InboxState.Cancelled) return end with { Reply = null };
        if (end.State == InboxState.Failed) return end with { Outcome = Why(end), Reply = null };
        if (end.Outcome != "answered") return new TurnEnd(InboxState.Failed, Why(end), null);
        if (QuietAnswer.Read(log.Last?.Data.Text ?? "") is not { } answer) return new TurnEnd(InboxState.Failed, "The model did not answer in the form that was asked for; nothing was said.", null);
        return answer.Notify ? TurnEnd.Done("notified", ModelAnswer.Told(turn.Schedule, answer.Text, log)) : TurnEnd.Done(QuietWords.Nothing, null);
    }

    private static string Why(TurnEnd end) => end.Reply?.Blocks.OfType<TextBlock>().LastOrDefault() is { } said ? said.Markdown.Replace("\\", "", StringComparison.Ordinal) : end.Outcome ?? "It failed.";
}
