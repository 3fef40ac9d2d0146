using ChatOps.Checks;

namespace ChatOps.Testing;

/// <summary>No incidents, for parts that only need them to be there.</summary>
public sealed class NoIncidents : IIncidents
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<Incident>> ListAsync(bool openOnly, int limit, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Incident>>([]);

    /// <inheritdoc/>
    public Task<(Incident? Incident, string Problem)> FindAsync(string? id, string? conversationId, CancellationToken cancellationToken) => Task.FromResult<(Incident?, string)>((null, "No incident is open."));

    /// <inheritdoc/>
    public Task<(IReadOnlyList<IncidentEntry> Entries, bool Cut)> TimelineAsync(Incident incident, CancellationToken cancellationToken) => Task.FromResult<(IReadOnlyList<IncidentEntry>, bool)>(([], false));

    /// <inheritdoc/>
    public Task<bool> NoteAsync(Incident incident, string by, string text, CancellationToken cancellationToken) => Task.FromResult(false);

    /// <inheritdoc/>
    public Task<Incident> ResolveAsync(Incident incident, string by, string note, CancellationToken cancellationToken) => Task.FromResult(incident);
}
