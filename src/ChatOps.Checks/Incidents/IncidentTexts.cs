using ChatOps.Checks.Findings;
using ChatOps.Messages;
using ChatOps.Rendering;

namespace ChatOps.Checks.Incidents;

/// <summary>What people read of incidents in their conversation.</summary>
internal static class IncidentTexts
{
    /// <summary>The line below a finding that opened one, or joined one.</summary>
    public static Field Line(Incident incident, bool isNew) =>
        new("Incident", isNew ? $"{incident.Id} opened; /incident note TEXT marks something for it, /resolve {incident.Id} ends it" : $"{incident.Id}, open since {incident.OpenedAt:yyyy-MM-dd HH:mm} UTC");

    /// <summary>What its thread is called where threads have names.</summary>
    public static string ThreadTitle(Incident incident) => $"Incident {incident.Id}: {FindingText.Named(incident.Check, incident.Targets)}";

    /// <summary>The first words in its thread.</summary>
    public static RichMessage Begins(Incident incident) => new(
    [
        new TextBlock($"**Incident {incident.Id}** {PlainText.Escape(incident.Title)}", Tone.Failed),
        new TextBlock("What is done about it is said here, and what is written here stands in its timeline. `/resolve` ends it and writes the draft of a post-mortem."),
    ]);

    /// <summary>Its end.</summary>
    public static RichMessage Resolved(Incident incident) => new(
    [
        new TextBlock(PlainText.Escape($"{incident.ResolvedBy} resolved the incident {incident.Id} after {SpanText.Words(incident.ResolvedAt!.Value - incident.OpenedAt)}. The draft of a post-mortem is in workspace/reports/{incident.Report}."), Tone.Ok),
    ]);
}
