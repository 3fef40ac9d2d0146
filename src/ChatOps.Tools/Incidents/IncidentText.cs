using System.Globalization;
using ChatOps.Checks;

namespace ChatOps.Tools.Incidents;

/// <summary>What programs read of incidents.</summary>
internal static class IncidentText
{
    /// <summary>A time.</summary>
    public static string Time(DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture, $"{at:yyyy-MM-dd HH:mm:ss} UTC");

    /// <summary>An incident.</summary>
    public static object Data(Incident incident) => new
    {
        id = incident.Id, title = incident.Title, check = incident.Check, targets = incident.Targets, findings = incident.Findings, conversation = incident.ConversationId, openedAt = incident.OpenedAt,
        resolvedAt = incident.ResolvedAt, resolvedBy = incident.ResolvedBy, report = incident.Report,
    };
}
