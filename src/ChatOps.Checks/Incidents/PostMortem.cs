using System.Globalization;
using System.Text;
using ChatOps.Rendering;

namespace ChatOps.Checks.Incidents;

/// <summary>The draft of a post-mortem: what the record knows, and the questions that people answer. Pure.</summary>
internal static class PostMortem
{
    private const int MaxEvidence = 4000;

    /// <summary>The Markdown.</summary>
    public static string Of(Incident incident, IReadOnlyList<Finding> findings, IReadOnlyList<IncidentEntry> timeline, bool cut, string note)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# Incident {incident.Id}: {Line(incident.Title)}\n\n");
        text.Append("A draft, made from the record. Whatever stands in *italics* is for people to write.\n\n");
        text.Append(CultureInfo.InvariantCulture, $"| | |\n|---|---|\n| Began | {Time(incident.OpenedAt)} |\n| Resolved | {Time(incident.ResolvedAt!.Value)} by {Cell(incident.ResolvedBy!)} |\n");
        text.Append(CultureInfo.InvariantCulture, $"| Lasted | {SpanText.Words(incident.ResolvedAt.Value - incident.OpenedAt)} |\n| Check | {Cell(incident.Check)} |\n| Where | {Cell(string.Join(", ", incident.Targets))} |\n\n");
        if (note.Length > 0) text.Append(CultureInfo.InvariantCulture, $"## In the words of {Line(incident.ResolvedBy!)}\n\n{Line(note)}\n\n");
        text.Append("## What was found\n\n");
        foreach (var finding in findings)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Time(finding.OpenedAt)}, {finding.Level.ToString().ToLowerInvariant()}: {Line(finding.Text)}\n\n");
            if (finding.Evidence.Length > 0) text.Append(Fenced(finding.Evidence.Length <= MaxEvidence ? finding.Evidence : finding.Evidence[..MaxEvidence])).Append('\n');
        }

        text.Append("## Timeline\n\n| When (UTC) | What | Who | | Record |\n|---|---|---|---|---|\n");
        foreach (var entry in timeline) text.Append(CultureInfo.InvariantCulture, $"| {entry.At:MM-dd HH:mm:ss} | {entry.Kind} | {Cell(entry.Who)} | {Cell(entry.Text)} | {Proof(entry)} |\n");
        if (cut) text.Append("\nThe record holds more than is shown here; `audit list` has it.\n");
        text.Append("\n## Cause\n\n*What made it happen, and why then.*\n\n## What went well, what did not\n\n*…*\n\n## What follows\n\n*What will be changed, by whom, until when.*\n");
        return text.ToString();
    }

    private static string Proof(IncidentEntry entry) => entry.AuditId.Length == 0 ? "" : $"[{entry.AuditId}](/audit/{entry.AuditId})";

    private static string Time(DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture, $"{at:yyyy-MM-dd HH:mm:ss} UTC");

    private static string Line(string text) => Messages.PlainText.Escape(text.ReplaceLineEndings(" ").Trim());

    private static string Cell(string text) => Line(text);

    // Longer than any run of marks in the text, so that nothing in it ends the block.
    private static string Fenced(string text)
    {
        var longest = 0;
        for (int i = 0, run = 0; i < text.Length; i++) longest = Math.Max(longest, run = text[i] == '`' ? run + 1 : 0);
        var fence = new string('`', Math.Max(3, longest + 1));
        return $"{fence}\n{text.TrimEnd()}\n{fence}\n";
    }
}
