namespace ChatOps.Checks;

/// <summary>Incidents: opened by critical findings, told from the record, resolved by people.</summary>
public interface IIncidents
{
    /// <summary>The newest first.</summary>
    Task<IReadOnlyList<Incident>> ListAsync(bool openOnly, int limit, CancellationToken cancellationToken);

    /// <summary>The one of an id; without one, the one that is open in a conversation, or the only one that is open at all. Null with what to say when there is none, or no single one.</summary>
    Task<(Incident? Incident, string Problem)> FindAsync(string? id, string? conversationId, CancellationToken cancellationToken);

    /// <summary>Its timeline from the record, oldest first, and whether it was cut at its bound.</summary>
    Task<(IReadOnlyList<IncidentEntry> Entries, bool Cut)> TimelineAsync(Incident incident, CancellationToken cancellationToken);

    /// <summary>Adds a person's own line to the timeline; false when it is resolved.</summary>
    Task<bool> NoteAsync(Incident incident, string by, string text, CancellationToken cancellationToken);

    /// <summary>Writes the draft of a post-mortem from the record and resolves it. Resolved before, it stays as it was.</summary>
    Task<Incident> ResolveAsync(Incident incident, string by, string note, CancellationToken cancellationToken);
}
