using System.Globalization;
using ChatOps.Identity;
using ChatOps.Scheduling.Times;
using ChatOps.Storage;

namespace ChatOps.Scheduling.Book;

/// <summary>Makes a schedule of what somebody asks for, or says why there can be none.</summary>
internal sealed class ScheduleDraft(IPrincipals principals, ConversationPlaces places, Lazy<IEnumerable<IScheduledWork>> works, TimeProvider time)
{
    /// <summary>Checks it against the store as it is; makes a conversation of its own when <paramref name="make"/> says so.</summary>
    public ScheduleCheck Of(IStoreSession session, ScheduleRequest request, bool make, string? file = null, DraftMemory? memory = null)
    {
        memory ??= new DraftMemory();
        if (principals.Find(request.Owner) is not { } owner) return Wrong($"There is nobody named '{request.Owner}'.");
        var text = request.Text.Trim();
        if (text.Length == 0) return Wrong("Say what it is to do: behind -- a command (-- /fleet status) or a prompt for the agent; or --checks SET, or --report daily.");
        if (text.Length > ScheduleBounds.MaxText) return Wrong($"It is longer than {ScheduleBounds.MaxText} characters.");
        var kind = request.Kind ?? (text.StartsWith('/') ? ScheduleKind.Command : ScheduleKind.Prompt);
        if (works.Value.FirstOrDefault(w => w.Kind == kind) is not { } work) return Wrong($"Nothing here does {kind.ToString().ToLowerInvariant()}.");
        if (memory.WhyNot(work, text, owner) is { } unable) return Wrong(unable);
        if (Bounds(request) is { } bound) return Wrong(bound);

        if (request.Name is { } asked && ScheduleNames.Problem(asked) is { } wrong) return Wrong(wrong);
        var name = request.Name ?? ScheduleNames.Make(text, n => session.Schedules.Find(n) is not null);
        var there = session.Schedules.Find(name);
        if (there is not null && there.Schedule.Origin != ScheduleOrigin.Settings && (file is null || there.Schedule.Origin != ScheduleOrigin.File)) return Wrong(Taken(there.Schedule));
        if (there is null && memory.Count(session) >= ScheduleBounds.MaxSchedules) return Wrong($"There are {ScheduleBounds.MaxSchedules} schedules, and no more are kept. Remove some.");

        var zoneName = request.Zone ?? time.LocalTimeZone.Id;
        if (!Zones.TryFind(zoneName, out var zone, out var noZone)) return Wrong(noZone);
        var (when, noTime) = When(request, zone);
        if (when is null) return Wrong(noTime!);
        // A conversation of its own is made for what will run, and for nothing else.
        if (file is null || there is null || there.Schedule.When != when)
        {
            var timed = Timed(new Schedule(name, kind, text, when, zone.Id, owner.Id, null) { ActiveHours = request.ActiveHours }, "");
            if (timed.Problem is not null) return timed;
        }

        var (place, where, nowhere) = places.Find(session, request.To, request.Here, owner, name, make);
        if (nowhere is not null) return Wrong(nowhere);

        var schedule = new Schedule(name, kind, text, when, zone.Id, owner.Id, place)
        {
            Origin = file is null ? ScheduleOrigin.Added : ScheduleOrigin.File,
            File = file,
            Overlap = request.Overlap,
            CatchUp = request.CatchUp,
            Jitter = request.Jitter,
            Timeout = request.Timeout ?? ScheduleBounds.DefaultTimeout,
            Retries = request.Retries,
            RetryDelay = request.RetryDelay ?? ScheduleBounds.DefaultRetryDelay,
            ActiveHours = request.ActiveHours,
        };
        // What is written in a file and was done once stays there.
        return file is not null && there is not null && there.Schedule.When == schedule.When ? new ScheduleCheck(schedule, [], where, null) : Timed(schedule, where);
    }

    /// <summary>Whether a definition has times at all, and the next of them.</summary>
    public ScheduleCheck Timed(Schedule schedule, string where)
    {
        var now = time.GetUtcNow();
        try
        {
            var next = NextRuns(schedule, now, now, ScheduleBounds.ShownRuns);
            return next.Count > 0
                ? new ScheduleCheck(schedule, next, where, null)
                : Wrong(schedule.When.StartsWith("at ", StringComparison.Ordinal) ? $"That time has passed ({schedule.When[3..]} in {schedule.Zone})." : $"It would never run: no time fits '{schedule.When}'.");
        }
        catch (FormatException e)
        {
            return Wrong($"The time cannot be read: {e.Message}");
        }
    }

    /// <summary>The next times of a definition, as its zone's clock shows them.</summary>
    public static IReadOnlyList<DateTimeOffset> NextRuns(Schedule schedule, DateTimeOffset createdAt, DateTimeOffset after, int count)
    {
        var times = WhenText.Read(schedule, createdAt);
        if (!Zones.TryFind(schedule.Zone, out var zone, out _)) return [];
        var next = new List<DateTimeOffset>();
        for (var at = times.Next(after); at is { } run && next.Count < count; at = times.Next(run)) next.Add(TimeZoneInfo.ConvertTime(run, zone));
        return next;
    }

    private (string? When, string? Problem) When(ScheduleRequest request, TimeZoneInfo zone)
    {
        var given = (request.Cron is null ? 0 : 1) + (request.Every is null ? 0 : 1) + (request.At is null ? 0 : 1);
        if (given > 1) return (null, "Give one of a cron expression, --every and --at.");
        if (given == 0) return (null, "Say when, and behind -- what to do: \"0 9 * * 1-5\", @daily, --every 15m or --at \"2026-12-01 09:00\".");
        if (request.Every is { } every)
        {
            return every < ScheduleBounds.MinInterval || every > ScheduleBounds.MaxInterval
                ? (null, string.Create(CultureInfo.InvariantCulture, $"--every is {ScheduleBounds.MinInterval.TotalSeconds:0}s to {ScheduleBounds.MaxInterval.TotalDays:0}d."))
                : (WhenText.Every(every), null);
        }

        if (request.At is { } at) return WhenText.At(at.Trim(), zone, time.GetUtcNow()) is { } one ? (one, null) : (null, $"'{at}' is no time. Write it like \"2026-12-01 09:00\" or 09:00.");
        return (WhenText.Cron(request.Cron!), null);
    }

    private static string? Bounds(ScheduleRequest request) => request switch
    {
        { Jitter: var jitter } when jitter < TimeSpan.Zero || jitter > ScheduleBounds.MaxJitter => "--jitter is at most 12h.",
        { Timeout: { } timeout } when timeout < TimeSpan.FromSeconds(1) || timeout > ScheduleBounds.MaxTimeout => "--timeout is 1s to 1d.",
        { Retries: < 0 or > ScheduleBounds.MaxRetries } => $"--retries is 0 to {ScheduleBounds.MaxRetries}.",
        { RetryDelay: { } delay } when delay < TimeSpan.FromSeconds(1) || delay > ScheduleBounds.MaxRetryDelay => "--retry-delay is 1s to 6h.",
        _ => null,
    };

    private static string Taken(Schedule there) => there.Origin switch
    {
        ScheduleOrigin.File => $"There is a schedule '{there.Name}' already, in workspace/schedules/{there.File}. Give this one another name.",
        _ => $"There is a schedule '{there.Name}' already. Remove it first, or give this one another name.",
    };

    private static ScheduleCheck Wrong(string problem) => new(null, [], "", problem);
}
