using System.Globalization;
using ChatOps.Diagnostics;
using ChatOps.Storage;

namespace ChatOps.Scheduling;

/// <summary>How schedules are: how many, what is late, what is wrong with the files.</summary>
internal sealed class SchedulesHealth(IStore store, ISchedules schedules, SchedulingOptions options, TimeProvider time) : IHealthPart
{
    /// <summary>A tick that is this late has nobody who takes it.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    public string Name => "schedules";

    /// <inheritdoc/>
    public async Task<PartHealth> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            var (rows, waiting, next) = await store.ReadAsync(
                s => (s.Schedules.All(ScheduleBounds.MaxSchedules), s.Schedules.InState(ScheduleRunState.Waiting, ScheduleBounds.MaxHistory).Count, s.Schedules.NextAt()), cancellationToken);
            var paused = rows.Where(r => r.State == ScheduleState.Paused).Select(r => r.Schedule.Name).ToList();
            var facts = new Dictionary<string, string>
            {
                ["active"] = rows.Count(r => r.State == ScheduleState.Active).ToString(CultureInfo.InvariantCulture),
                ["paused"] = paused.Count.ToString(CultureInfo.InvariantCulture),
                ["waiting"] = waiting.ToString(CultureInfo.InvariantCulture),
                ["next"] = next is { } at ? at.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture) : "none",
            };
            if (options.Runs && next is { } due && time.GetUtcNow() - due > Late) return new PartHealth(PartState.Degraded, "Schedules are late: a run was due more than two minutes ago and has not begun. Look at the gateway's log.", facts);
            if (schedules.Problems is [var first, ..]) return new PartHealth(PartState.Degraded, $"{schedules.Problems.Count} problem(s) in workspace/schedules: {first}", facts);
            var summary = rows.Count == 0 ? "No schedules." : $"{facts["active"]} active, {paused.Count} paused; next {facts["next"]}.";
            return new PartHealth(PartState.Ok, summary, facts);
        }
        catch (StoreUnavailableException e)
        {
            return new PartHealth(PartState.Failed, $"Schedules cannot be read: {e.Message}", new Dictionary<string, string>());
        }
    }
}
