namespace ChatOps.Scheduling.Engine;

/// <summary>This gateway, as holder of runs.</summary>
internal sealed class SchedulerIdentity(IIdGenerator ids)
{
    /// <summary>How long a run is believed to be in good hands without a sign of life.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    /// <summary>Its name.</summary>
    public string Holder { get; } = "schedules-" + ids.NewId();
}
