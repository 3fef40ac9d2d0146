using System.Globalization;
using System.Text;
using ChatOps.Agent.Context;
using ChatOps.Checks;
using ChatOps.Rendering;

namespace ChatOps.Agent.Investigations;

/// <summary>What a model is told of a finding: the gateway's own words, then what the check read and what the note says, each fenced, then what is wanted.</summary>
internal static class InvestigationText
{
    private const int MaxEvidence = 8000;
    private const int MaxNote = 8000;
    private const int MaxTargets = 20;

    /// <summary>The text.</summary>
    public static string Of(Finding finding, RunbookState? note, string planSaid)
    {
        var text = new StringBuilder();
        var targets = string.Join(", ", finding.Targets.Take(MaxTargets)) + (finding.Targets.Count > MaxTargets ? $" and {finding.Targets.Count - MaxTargets} more" : "");
        text.Append(CultureInfo.InvariantCulture, $"Look into a finding: the check {finding.Check} ({finding.Kind}) is {finding.Level.ToString().ToLowerInvariant()} on {targets} since {finding.OpenedAt:yyyy-MM-dd HH:mm:ss} UTC.\n");
        text.Append(OutsideText.Fence($"what the check {finding.Check} found", $"{finding.Text}\n{Cut(finding.Evidence, MaxEvidence)}".TrimEnd())).Append('\n');
        if (note is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"The team's runbook note {note.Note.Name} is for findings like this (trust {note.Trust.ToString().ToLowerInvariant()}):\n");
            text.Append(OutsideText.Fence($"runbook note {note.Note.Name}", Cut(note.Note.Text, MaxNote))).Append('\n');
        }

        if (planSaid.Length > 0) text.Append(planSaid).Append(" Do not propose the same again.\n");
        text.Append("""
            Nobody asked this in words: a check found it, and the team reads your answer in this conversation. Find out why by reading, with as few calls as it takes. Then answer in at most fifteen lines:
            1. what is the case, with the lines that show it; 2. the likely cause, and how sure you are; 3. what to do.
            """);
        text.Append(planSaid.Length > 0 ? "" : " If something must be changed, call propose_plan with the steps and a check that reads; if that is refused, write the steps as commands that a person can send.");
        return text.ToString();
    }

    private static string Cut(string text, int limit) => text.Length <= limit ? text : TextSplitter.Split(text, limit, static t => t.Length, fenced: false)[0] + "…";
}
