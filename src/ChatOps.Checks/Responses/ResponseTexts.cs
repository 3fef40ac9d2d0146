using ChatOps.Checks.Runbooks;
using ChatOps.Messages;
using ChatOps.Tools;

namespace ChatOps.Checks.Responses;

/// <summary>What people read of what is done about a finding.</summary>
internal static class ResponseTexts
{
    /// <summary>The note that was found, as far as its trust shows it, and why no model looks into it; null for nothing.</summary>
    public static RichMessage? Decided(RunbookState? state, string? whyNotAsked)
    {
        var blocks = new List<Block>();
        if (state is not null)
        {
            blocks.Add(new TextBlock($"Runbook note **{PlainText.Escape(state.Note.Name)}**: {PlainText.Escape(state.Note.Title)} (trust {RunbookTrusts.Word(state.Trust)}). `runbook show {state.Note.Name}` has it."));
            if (state.Trust == RunbookTrust.Suggest && Steps(state.Note) is { } steps) blocks.Add(steps);
        }

        if (whyNotAsked is not null) blocks.AddRange(NotAsked(whyNotAsked).Blocks);
        return blocks.Count == 0 ? null : new RichMessage(blocks);
    }

    /// <summary>Why no model looks into it.</summary>
    public static RichMessage NotAsked(string why) => new([new TextBlock(PlainText.Escape($"Told as it is, not looked into: {why}."), Tone.Waiting)]);

    /// <summary>Why a note's steps were not proposed, and what they are.</summary>
    public static RichMessage NotProposed(RunbookNote note, string why) =>
        new([new TextBlock(PlainText.Escape($"The steps of {note.Name} were not proposed: {why}."), Tone.Refused), .. Steps(note) is { } steps ? (Block[])[steps] : []]);

    /// <summary>What a note's steps did without a card.</summary>
    public static RichMessage Ran(RunbookNote note, InvocationOutcome outcome) =>
        new([new TextBlock($"Runbook note **{PlainText.Escape(note.Name)}** ran by itself (trust auto).", outcome.Status == InvocationStatus.Done ? Tone.Ok : Tone.Failed),
            .. outcome.Result?.Message.Blocks.Where(b => b is not (ActionsBlock or CardBlock)) ?? [new TextBlock(PlainText.Escape(outcome.Summary))]]);

    /// <summary>A note that fell.</summary>
    public static RichMessage Fell(RunbookState before, RunbookState after, string why) => new(
    [
        new TextBlock(PlainText.Escape($"The trust of the runbook note {before.Note.Name} falls from {RunbookTrusts.Word(before.Trust)} to {RunbookTrusts.Word(after.Trust)}: {why} A person may raise it again: runbook trust."), Tone.Failed),
    ]);

    private static CodeBlock? Steps(RunbookNote note) => note.Steps.Count == 0 ? null : new CodeBlock(string.Join('\n', note.Steps.Select(s => s.Command).Concat(note.Check is { } check ? ["check: " + check] : [])), "steps");
}
