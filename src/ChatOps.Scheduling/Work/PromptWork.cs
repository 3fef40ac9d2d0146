using ChatOps.Identity;
using ChatOps.Rendering;

namespace ChatOps.Scheduling.Work;

/// <summary>A prompt at its time.</summary>
internal sealed class PromptWork(AskedTurns turns) : IScheduledWork
{
    private const int MaxTitle = 80;

    public ScheduleKind Kind => ScheduleKind.Prompt;

    public bool CanResume => true;

    public string? WhyNot(string text, Principal owner) => text.TrimStart().StartsWith('/') ? "A prompt is written in words; what begins with a slash is a command." : null;

    public Task<ScheduledOutcome> RunAsync(ScheduledRun run, CancellationToken cancellationToken)
    {
        var title = run.Text.Length <= MaxTitle ? run.Text : TextSplitter.Split(run.Text, MaxTitle, static t => t.Length, fenced: false)[0] + "…";
        return turns.AskAsync(run, run.Text, title, quiet: false, cancellationToken);
    }
}
