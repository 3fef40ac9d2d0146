using ChatOps.Configuration;
using ChatOps.Schedules;

namespace ChatOps.Testing;

/// <summary>There are no schedules.</summary>
public sealed class NoSchedules : ISchedules
{
    public IReadOnlyList<ConfigurationProblem> Problems => [];

    public Task<IReadOnlyList<ScheduleRow>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<ScheduleRow>>([]);

    public Task<ScheduleRow?> FindAsync(string name, CancellationToken cancellationToken) => Task.FromResult<ScheduleRow?>(null);

    public Task<ScheduleCheck> CheckAsync(ScheduleRequest request, CancellationToken cancellationToken) => Task.FromResult(new ScheduleCheck(null, [], "", "There are no schedules here."));

    public Task<ScheduleCheck> AddAsync(ScheduleRequest request, CancellationToken cancellationToken) => CheckAsync(request, cancellationToken);

    public IReadOnlyList<DateTimeOffset> NextRuns(ScheduleRow row, int count) => [];

    public Task<IReadOnlyList<ScheduleRunRow>> HistoryAsync(string? name, int limit, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<ScheduleRunRow>>([]);

    public Task<bool> PauseAsync(string name, string reason, CancellationToken cancellationToken) => Task.FromResult(false);

    public Task<bool> ResumeAsync(string name, CancellationToken cancellationToken) => Task.FromResult(false);

    public Task<ScheduleRunRow?> RunNowAsync(string name, CancellationToken cancellationToken) => Task.FromResult<ScheduleRunRow?>(null);

    public Task<string?> RemoveAsync(string name, CancellationToken cancellationToken) => Task.FromResult<string?>(null);
}
