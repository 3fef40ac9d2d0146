namespace ChatOps.Checks;

/// <summary>Incidents: opened by critical findings, collected from the record, resolved by people.</summary>
public interface IIncidents
{
    /// <summary>The newest first.</summary>
    Task<IReadOnlyList<Incident>> ListAsync(bool openOnly, int limit, CancellationToken cancellationToken);

    /// <summary>The one of an id, or of the end of one; null when there is no single one.</summary>
    Task<Incident?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>The newest open one of a conversation; null for none.</summary>
    Task<Incident?> OpenInAsync(string conversationId, CancellationToken cancellationToken);

    /// <summary>Its timeline from the record, oldest first.</summary>
    Task<IReadOnlyList<IncidentEntry>> TimelineAsync(Incident incident, CancellationToken cancellationToken);

    /// <summary>Adds a line of a person's own to the timeline.</summary>
    Task MarkAsync(Incident incident, string by, string text, CancellationToken cancellationToken);

    /// <summary>Resolves it and writes the draft of a post-mortem.</summary>
    /// <returns>The incident with its report; null when it was resolved already.</returns>
    Task<Incident?> ResolveAsync(Incident incident, string by, string note, CancellationToken cancellationToken);
}
