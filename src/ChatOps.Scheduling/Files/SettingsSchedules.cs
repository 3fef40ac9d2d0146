using ChatOps.Checks;
using ChatOps.Configuration;
using ChatOps.Identity;
using ChatOps.Models;
using ChatOps.Scheduling.Book;
using ChatOps.Scheduling.Times;
using ChatOps.Storage;

namespace ChatOps.Scheduling.Files;

/// <summary>
/// The schedules that the settings make: the heartbeat, and the daily review. One of the same name that somebody added or wrote takes their place, and one that somebody removed stays away
/// until it is resumed or its settings change.
/// </summary>
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
            Save(session, IHeartbeat.ScheduleName, heartbeat.Enabled, models.Value.Any, ("Heartbeat:Target", heartbeat.Target), HeartbeatForm),
            Save(session, Review, review.Enabled, models.Value.Any || checks.Value.Written.Count > 0, ("Review:Target", review.Target), ReviewForm),
        ];
        return [.. problems.OfType<ConfigurationProblem>()];
    }

    /// <summary>What they depend on besides the settings: when it changes, they are made anew.</summary>
    public string State => $"{models.Value.Any} {checks.Value.Written.Count > 0}";

    /// <summary>Remembers that one of them is not wanted; nothing for any other name.</summary>
    public void Decline(IStoreSession session, string name)
    {
        if (name == IHeartbeat.ScheduleName) session.Schedules.Decline(name, Settings(options.Heartbeat.Target, HeartbeatForm));
        else if (name == Review) session.Schedules.Decline(name, Settings(options.Review.Target, ReviewForm));
    }

    private Schedule HeartbeatForm => new("", ScheduleKind.Heartbeat, "HEARTBEAT.md", WhenText.Every(options.Heartbeat.Interval), "", "", null) { ActiveHours = options.Heartbeat.ActiveHours, CatchUp = CatchUpPolicy.Last };

    private Schedule ReviewForm => new("", ScheduleKind.Report, "daily", WhenText.Cron(options.Review.When), "", "", null) { CatchUp = CatchUpPolicy.Last };

    private static string Settings(string? target, Schedule form) => $"{form.When} {form.ActiveHours} {target}";

    private static bool IsDeclined(IStoreSession session, string name, bool enabled, string settings)
    {
        if (enabled && session.Schedules.Declined(name) == settings) return true;
        // Switched off, or wanted otherwise than it was declined: a newer word than the removal.
        session.Schedules.TakeBack(name);
        return false;
    }

    private ConfigurationProblem? Save(IStoreSession session, string name, bool enabled, bool possible, (string Key, string? Place) to, Schedule form)
    {
        var row = session.Schedules.Find(name);
        if (row is { Schedule.Origin: not ScheduleOrigin.Settings }) return null;
        if (IsDeclined(session, name, enabled, Settings(to.Place, form)) || !enabled || !possible || principals.Find(owner.PrincipalId) is not { } principal)
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
