using ChatOps.Limits;
using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Agent.Turns;

/// <summary>What the conversation itself says to people.</summary>
internal static class TurnTexts
{
    private const int MaxQuoted = 200;

    /// <summary>A message that failed too often.</summary>
    public static RichMessage Parked(InboxItem item) => OutcomeMessage.Line(
        $"This could not be answered after {item.Attempts} attempts, and is not tried again: {Quoted(item)}. The gateway's log has the reason under {item.Id}. What it may have started is in /audit.",
        Tone.Failed);

    /// <summary>Being worked on.</summary>
    public static string Working(InboxItem item) => item.Kind == InboundKind.Text ? $"Running: {PlainText.Escape(Quoted(item))}" : "Running…";

    /// <summary>A model works on it.</summary>
    public static string Thinking(InboxItem item) => $"Working on: {PlainText.Escape(Quoted(item))}";

    /// <summary>What a "working" message becomes when a card was asked for below it: the answer comes behind the card.</summary>
    public const string GoesOnBelow = "This asked for a decision; the card below has it, and the answer follows there.";

    /// <summary>A turn that waited for people and was stopped.</summary>
    public static RichMessage StoppedWaiting(string by) => OutcomeMessage.Line($"Stopped by {by} while it waited for a decision. What it had asked for does not run; what it did before is in /audit.", Tone.Refused);

    /// <summary>Stopped before the gate had it.</summary>
    public static RichMessage StoppedEarly(string by) => OutcomeMessage.Line($"Stopped by {by} before anything ran.", Tone.Refused);

    /// <summary>Stopped, and the end is not known.</summary>
    public static RichMessage StoppedUnknown(string by) => OutcomeMessage.Line(
        $"Stopped by {by}, but it has not ended yet; whether it had an effect is not known. /audit shows it when it ends.", Tone.Unknown);

    /// <summary>Answers <c>/stop</c>.</summary>
    public static RichMessage Stopped(IReadOnlyList<string> titles, int notBegun)
    {
        if (titles.Count == 0 && notBegun == 0) return OutcomeMessage.Line("Nothing runs or waits here.", Tone.Plain);
        var text = titles.Count == 0 ? "Nothing ran yet." : "Stopped: " + string.Join("; ", titles) + ".";
        if (notBegun > 0) text += notBegun == 1 ? " One message before it will not be begun." : $" {notBegun} messages before it will not be begun.";
        return OutcomeMessage.Line(text, Tone.Ok);
    }

    /// <summary>A button whose action is not there.</summary>
    public static RichMessage DeadButton { get; } = OutcomeMessage.Line(
        "This button does not work any more, and nothing happened. Its card or message is older than what it offered; /approvals shows what waits now.", Tone.Refused);

    /// <summary>A button of another conversation.</summary>
    public static RichMessage ForeignButton { get; } = OutcomeMessage.Line(
        "This button belongs to another conversation, and nothing happened. Press it there, or use /approvals here.", Tone.Refused);

    /// <summary>The outcome of a message that came over a limit.</summary>
    public const string OverLimitOutcome = "over the limit";

    /// <summary>A message that came over a limit; said once in a pause.</summary>
    public static RichMessage OverLimit(InboxItem item, OverLimit over)
    {
        var whose = over.OfEverybody ? $"More than {over.PerMinute} messages came from everybody within a minute (Agent:MessagesPerMinuteInAll)" : $"More than {over.PerMinute} messages came from you within a minute (Agent:MessagesPerMinute)";
        return OutcomeMessage.Line(
            $"{whose}, so this one was not answered, and nothing of it ran: {Quoted(item)}. Nor are others before {Math.Ceiling(over.TryAgain.TotalSeconds)} s from now; send again then what is still needed. "
            + "Stopping, halting and deciding work all the time.",
            Tone.Refused);
    }

    /// <summary>What others see where the answer is for one person alone.</summary>
    public static RichMessage AnsweredPrivately { get; } = OutcomeMessage.Line("Answered privately.", Tone.Plain);

    /// <summary>Answers <c>/new</c>.</summary>
    public static RichMessage NewConversation { get; } = OutcomeMessage.Line("———  A new conversation begins here. Nothing said before counts for what follows.", Tone.Plain);

    /// <summary>The title of a conversation that began afresh.</summary>
    public const string NewTitle = "New conversation";

    /// <summary>What somebody wrote, short, on one line.</summary>
    public static string Quoted(InboxItem item)
    {
        if (item.Kind == InboundKind.Action) return "a button";
        var line = (item.Context.Heard?.Text ?? item.Text).ReplaceLineEndings(" ").Trim();
        if (line.Length == 0) return "what came without words";
        return line.Length <= MaxQuoted ? line : line[..MaxQuoted] + "…";
    }
}
