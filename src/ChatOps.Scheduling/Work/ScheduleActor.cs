using ChatOps.Identity;

namespace ChatOps.Scheduling.Work;

/// <summary>A schedule's owner, as the gate sees who asks: resolved anew each time, so that it has the rights of now.</summary>
internal static class ScheduleActor
{
    /// <summary>The channel of these actors.</summary>
    public const string Channel = "schedule";

    /// <summary>The actor of a principal.</summary>
    public static Actor Of(string principal) => new(Channel, "", principal, principal);
}
