using ChatOps.Identity;
using ChatOps.Messages;
using ChatOps.Rendering;
using ChatOps.Scheduling.Engine;

namespace ChatOps.Scheduling.Work;

/// <summary>A prompt at its time.</summary>
internal sealed class PromptWork(AskedTurns turns, HeldPrompts held) : IScheduledWork
{
    private const int MaxTitle = 80;

    public ScheduleKind Kind => ScheduleKind.Prompt;

    public bool CanResume => true;

    public string? WhyNot(string text, Principal owner) => text.TrimStart().StartsWith('/') ? "A prompt is written in words; what begins with a slash is a command." : null;

    public async Task<ScheduledOutcome> RunAsync(ScheduledRun run, CancellationToken cancellationToken)
    {
        // Whoever was asked already is asked to the end.
        if (!run.Again && await held.WhyAsync(run, cancellationToken) is { } why)
        {
            return new ScheduledOutcome(ScheduledEnd.Refused, why)
            {
                Say = new RichMessage([ScheduleTexts.Head(run.Schedule), new TextBlock(PlainText.Escape(why), Tone.Refused)]), SayOnce = true,
            };
        }

        var title = run.Text.Length <= MaxTitle ? run.Text : TextSplitter.Split(run.Text, MaxTitle, static t => t.Length, fenced: false)[0] + "…";
        return await turns.AskAsync(run, run.Text, title, quiet: false, cancellationToken);
    }
}
