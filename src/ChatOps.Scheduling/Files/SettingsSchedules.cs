using ChatOps.Checks;
using ChatOps.Configuration;
using ChatOps.Identity;
using ChatOps.Models;
using ChatOps.Scheduling.Book;
using ChatOps.Scheduling.Times;
using ChatOps.Storage;

namespace ChatOps.Scheduling.Files;

/// <summary>The schedules that the settings make: the heartbeat, and the daily review. One of the same name that somebody added or wrote takes their place.</summary>
internal sealed class SettingsSchedules(SchedulingOptions options, IOwner owner, IPrincipals principals, ConversationPlaces places, Lazy<IModelSetup> models, Lazy<IChecks> checks, TimeProvider time)
{
    /// <summary>The name of the daily review.</summary>
    public const string Review = "daily-review";

    /// <summary>Makes them as the settings are now, or removes them.</summary>
    /// <returns>What is wrong with the settings' places.</returns>
    public IReadOnlyList<ConfigurationProblem> Save(IStoreSession session)
    {
        var (heartbeat, review) = (options.Heartbeat, options.Review);
        ConfigurationProblem?[] problems =
        [
            Save(session, IHeartbeat.ScheduleName, heartbeat.Enabled && models.Value.Any, ("Heartbeat:Target", heartbeat.Target),
                new Schedule("", ScheduleKind.Heartbeat, "HEARTBEAT.md", WhenText.Every(heartbeat.Interval), "", "", null) { ActiveHours = heartbeat.ActiveHours, CatchUp = CatchUpPolicy.Last }),
            Save(session, Review, review.Enabled && (models.Value.Any || checks.Value.Written.Count > 0), ("Review:Target", review.Target),
                new Schedule("", ScheduleKind.Report, "daily", WhenText.Cron(review.When), "", "", null) { CatchUp = CatchUpPolicy.Last }),
        ];
        return [.. problems.OfType<ConfigurationProblem>()];
    }

    /// <summary>What they depend on besides the settings: when it changes, they are made anew.</summary>
    public string State => $"{models.Value.Any} {checks.Value.Written.Count > 0}";

    private ConfigurationProblem? Save(IStoreSession session, string name, bool wanted, (string Key, string? Place) to, Schedule form)
    {
        var row = session.Schedules.Find(name);
        if (row is { Schedule.Origin: not ScheduleOrigin.Settings }) return null;
        if (!wanted || principals.Find(owner.PrincipalId) is not { } principal)
        {
            if (row is not null) session.Schedules.Remove(name);
            return null;
        }

        var (place, _, nowhere) = places.Find(session, to.Place ?? "web", null, principal, name, make: true);
        // Where it spoke until now it goes on until the slip is mended.
        if (nowhere is not null && row is null) return new ConfigurationProblem("settings", 0, to.Key, nowhere);
        var schedule = form with { Name = name, Zone = time.LocalTimeZone.Id, Owner = principal.Id, ConversationId = place ?? row?.Schedule.ConversationId, Origin = ScheduleOrigin.Settings };
        var now = time.GetUtcNow();
        if (row is null) session.Schedules.Save(new ScheduleRow(schedule, ScheduleState.Active, now, WhenText.Read(schedule, now).Next(now)));
        else if (row.Schedule != schedule) session.Schedules.Save(row with { Schedule = schedule, NextAt = row.State == ScheduleState.Paused ? null : WhenText.Read(schedule, row.CreatedAt).Next(now) });
        return nowhere is null ? null : new ConfigurationProblem("settings", 0, to.Key, nowhere);
    }
}
