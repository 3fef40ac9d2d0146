using ChatOps.Schedules;

namespace ChatOps.Tools.Schedules;

/// <summary>
/// How risky it is to change a schedule. What people do themselves with their own schedules asks nobody: each run passes the gate. Somebody else's runs with other rights
/// than those of who asks, so others are asked.
/// </summary>
internal static class ScheduleRisk
{
    /// <summary>The assessment.</summary>
    /// <param name="schedules">The schedules.</param>
    /// <param name="call">The call; it names the schedule.</param>
    /// <param name="verb">The command's last word.</param>
    /// <param name="reason">What follows from it.</param>
    /// <param name="action">What a card calls it, without the name.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async ValueTask<ToolAssessment> ChangeAsync(ISchedules schedules, ToolCall call, string verb, string reason, string action, CancellationToken cancellationToken)
    {
        var name = call.Arguments.Required("name");
        var owner = (await schedules.FindAsync(name, cancellationToken))?.Schedule.Owner;
        var whose = owner is null || owner == call.Principal.Id ? "" : $", which runs as {owner}";
        return await ToolRisk.Change($"schedule.{verb}", reason, $"{action} {name}{whose}", $"schedule {verb} {name}") with { NeverAsks = call.Typed && (owner is null || owner == call.Principal.Id) };
    }
}
