using ChatOps.Configuration;
using ChatOps.Schedules;

namespace ChatOps.Tests.Console;

/// <summary>Ana's schedule and one that the settings make, in memory, and what was done with them.</summary>
internal sealed class FakeSchedules : ISchedules
{
    public const string Name = "morning";
    public const string Review = "daily-review";

    private readonly List<ScheduleRow> rows = [Row(Name, ScheduleOrigin.Added), Row(Review, ScheduleOrigin.Settings)];

    public List<string> Done { get; } = [];

    public IReadOnlyList<ConfigurationProblem> Problems => [];

    public Task<IReadOnlyList<ScheduleRow>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<ScheduleRow>>([.. rows]);

    public Task<ScheduleRow?> FindAsync(string name, CancellationToken cancellationToken) => Task.FromResult(rows.FirstOrDefault(r => r.Schedule.Name == name));

    public Task<ScheduleCheck> CheckAsync(ScheduleRequest request, CancellationToken cancellationToken) => Task.FromResult(
        request.Text == "broken" ? new ScheduleCheck(null, [], "", "There is no command 'broken'.") : new ScheduleCheck(Row(request.Name ?? "made", ScheduleOrigin.Added).Schedule, [DateTimeOffset.UnixEpoch], "web", null));

    public async Task<ScheduleCheck> AddAsync(ScheduleRequest request, CancellationToken cancellationToken)
    {
        Done.Add($"{request.Owner} added {request.Text}, cron '{request.Cron}' every '{request.Every}' at '{request.At}' to {request.To} as {request.Name}");
        return await CheckAsync(request, cancellationToken);
    }

    public IReadOnlyList<DateTimeOffset> NextRuns(ScheduleRow row, int count) => [];

    public Task<IReadOnlyList<ScheduleRunRow>> HistoryAsync(string? name, int limit, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<ScheduleRunRow>>([]);

    public Task<bool> PauseAsync(string name, string reason, CancellationToken cancellationToken) => Change(name, ScheduleState.Paused);

    public Task<bool> ResumeAsync(string name, CancellationToken cancellationToken) => Change(name, ScheduleState.Active);

    public Task<ScheduleRunRow?> RunNowAsync(string name, CancellationToken cancellationToken)
    {
        Done.Add($"{name} begins");
        return Task.FromResult<ScheduleRunRow?>(new ScheduleRunRow($"{name}@1", name, DateTimeOffset.UnixEpoch, ScheduleTrigger.Asked, ScheduleRunState.Queued, DateTimeOffset.UnixEpoch));
    }

    public Task<string?> RemoveAsync(string name, CancellationToken cancellationToken)
    {
        Done.Add($"{name} is removed");
        return Task.FromResult<string?>(rows.RemoveAll(r => r.Schedule.Name == name) == 1 ? "" : null);
    }

    private static ScheduleRow Row(string name, ScheduleOrigin origin) =>
        new(new Schedule(name, ScheduleKind.Command, "/fleet <b>status</b>", "cron 0 9 * * *", "UTC", "ana", "web/ana.ops") { Origin = origin }, ScheduleState.Active, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddHours(9));

    private Task<bool> Change(string name, ScheduleState state)
    {
        var at = rows.FindIndex(r => r.Schedule.Name == name);
        if (at < 0 || rows[at].State == state) return Task.FromResult(false);
        rows[at] = rows[at] with { State = state };
        Done.Add($"{name} is {state}");
        return Task.FromResult(true);
    }
}
