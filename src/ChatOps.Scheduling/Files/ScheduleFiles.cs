using ChatOps.Configuration;
using ChatOps.Scheduling.Book;
using ChatOps.Scheduling.Times;
using ChatOps.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatOps.Scheduling.Files;

/// <summary>Takes the schedules of workspace/schedules into the store, at the start and when the files change. What is bad is said with file, line and reason; the rest goes on.</summary>
internal sealed partial class ScheduleFiles(
    IStore store, ScheduleDraft draft, SettingsSchedules settings, ScheduleFileProblems problems, SchedulingOptions options, TimeProvider time, ILogger<ScheduleFiles> log) : BackgroundService
{
    /// <summary>Schedules that are written in one transaction.</summary>
    private const int Batch = 500;

    /// <summary>Most files.</summary>
    private const int MaxFiles = 1000;

    /// <summary>What names a person or a place that is not there is tried again after this time.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(1);

    private Dictionary<string, string>? seen;
    private DateTimeOffset taken;
    private string? settled;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await LookAsync(stoppingToken);
                await Task.Delay(options.PollInterval, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The gateway stops.
        }
    }

    /// <summary>Looks once.</summary>
    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            var texts = Texts();
            var state = settings.State;
            var same = seen is not null && settled == state && texts.Count == seen.Count && texts.All(t => seen.GetValueOrDefault(t.Key) == t.Value);
            if (same && (problems.All.Count == 0 || time.GetUtcNow() - taken < Again)) return;
            await TakeAsync(texts, quiet: same, cancellationToken);
            seen = texts;
            taken = time.GetUtcNow();
            settled = state;
        }
        catch (StoreUnavailableException e)
        {
            LogStoreAway(e.Message);
        }
    }

    private async Task TakeAsync(Dictionary<string, string> texts, bool quiet, CancellationToken cancellationToken)
    {
        var found = new List<ConfigurationProblem>();
        var written = new List<WrittenSchedule>();
        var unreadable = new HashSet<string>(StringComparer.Ordinal);
        var mentioned = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (file, text) in texts.OrderBy(t => t.Key, StringComparer.Ordinal))
        {
            var entries = ScheduleFileReader.Read(file, text, out var bad);
            found.AddRange(bad);
            // What stood in a file that has a slip now goes on as it was until the slip is mended.
            if (entries is null || bad.Count > 0) unreadable.Add(file);
            foreach (var entry in entries ?? [])
            {
                if (mentioned.TryAdd(entry.Request.Name!, file)) written.Add(entry);
                else found.Add(new ConfigurationProblem(file, entry.Line, "name", $"'{entry.Request.Name}' is written in {mentioned[entry.Request.Name!]} too"));
            }
        }

        foreach (var some in written.Chunk(Batch)) found.AddRange(await store.WriteAsync(session => Save(session, some), cancellationToken));
        found.AddRange(await store.WriteAsync(
            session =>
            {
                foreach (var row in session.Schedules.All(int.MaxValue).Where(r => r.Schedule.Origin == ScheduleOrigin.File))
                {
                    if (!mentioned.ContainsKey(row.Schedule.Name) && !unreadable.Contains(row.Schedule.File ?? "")) session.Schedules.Remove(row.Schedule.Name);
                }

                session.PublishAfterCommit(new SchedulesChanged());
                return settings.Save(session);
            },
            cancellationToken));
        problems.Set(found);
        if (quiet) return;
        foreach (var problem in found) LogProblem(problem.ToString());
    }

    private List<ConfigurationProblem> Save(IStoreSession session, IEnumerable<WrittenSchedule> written)
    {
        var found = new List<ConfigurationProblem>();
        var memory = new DraftMemory();
        foreach (var entry in written)
        {
            var check = draft.Of(session, entry.Request, make: true, entry.File, memory);
            if (check.Schedule is not { } schedule)
            {
                found.Add(new ConfigurationProblem(entry.File, entry.Line, entry.Request.Name!, check.Problem!));
                continue;
            }

            var before = session.Schedules.Find(schedule.Name);
            if (before is null)
            {
                session.Schedules.Save(new ScheduleRow(schedule, ScheduleState.Active, time.GetUtcNow(), check.Next[0].ToUniversalTime()));
                memory.Added();
            }
            else if (before.Schedule != schedule)
            {
                var moved = before.Schedule.When != schedule.When || before.Schedule.Zone != schedule.Zone;
                var next = moved && before.State != ScheduleState.Paused ? WhenText.Read(schedule, before.CreatedAt).Next(time.GetUtcNow()) : before.NextAt;
                session.Schedules.Save(before with { Schedule = schedule, NextAt = next, State = moved && before.State == ScheduleState.Ended && next is not null ? ScheduleState.Active : before.State });
            }
        }

        return found;
    }

    private Dictionary<string, string> Texts()
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (options.Directory is not { } directory || !Directory.Exists(directory)) return texts;
        foreach (var file in Directory.EnumerateFiles(directory, "*.yaml").Order(StringComparer.Ordinal).Take(MaxFiles))
        {
            try
            {
                texts[Path.GetFileName(file)] = File.ReadAllText(file);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                LogUnread(file, e.Message);
            }
        }

        return texts;
    }
}
