using ChatOps.Checks;

namespace ChatOps.Tests.Console;

/// <summary>One open incident in memory, and what was done to it.</summary>
internal sealed class FakeIncidents : IIncidents
{
    public const string Id = "7F3K2M";
    public const string Note = "called the provider";

    private Incident one = new()
    {
        Id = Id, Title = "The disk of <b>web-1</b> is full.", Check = "disk-root", Targets = ["web-1"], Findings = ["f1"], ConversationId = "web/ana.checks", OpenedAt = DateTimeOffset.UnixEpoch,
    };

    public List<string> Done { get; } = [];

    public Task<IReadOnlyList<Incident>> ListAsync(bool openOnly, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Incident>>(openOnly && one.ResolvedAt is not null ? [] : [one]);

    public Task<(Incident? Incident, string Problem)> FindAsync(string? id, string? conversationId, CancellationToken cancellationToken) =>
        Task.FromResult<(Incident?, string)>(id is null or Id ? (one, "") : (null, $"There is no incident '{id}'."));

    public Task<(IReadOnlyList<IncidentEntry> Entries, bool Cut)> TimelineAsync(Incident incident, CancellationToken cancellationToken) =>
        Task.FromResult<(IReadOnlyList<IncidentEntry>, bool)>(([new(DateTimeOffset.UnixEpoch, "note", "ana", Note, "audit-17")], false));

    public Task<bool> NoteAsync(Incident incident, string by, string text, CancellationToken cancellationToken)
    {
        Done.Add($"{by} noted {text}");
        return Task.FromResult(true);
    }

    public Task<Incident> ResolveAsync(Incident incident, string by, string note, CancellationToken cancellationToken)
    {
        Done.Add($"{by} resolved it: {note}");
        one = one with { ResolvedAt = DateTimeOffset.UnixEpoch.AddHours(1), ResolvedBy = by, Report = "1970-01-01-incident-7F3K2M.md" };
        return Task.FromResult(one);
    }
}
