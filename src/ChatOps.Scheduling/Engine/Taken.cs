namespace ChatOps.Scheduling.Engine;

/// <summary>What a look at the store came to.</summary>
/// <param name="Started">Runs that are to begin here now.</param>
/// <param name="Stopped">Schedules whose run under way is to be stopped.</param>
/// <param name="More">Whether more was due than is taken at once.</param>
/// <param name="NextAt">When something is due again; null for nothing.</param>
internal sealed record Taken(IReadOnlyList<StartedRun> Started, IReadOnlyList<string> Stopped, bool More, DateTimeOffset? NextAt);
