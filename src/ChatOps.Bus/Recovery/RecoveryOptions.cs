namespace ChatOps.Bus;

/// <summary>How often lost work is looked for, and how long finished work is remembered.</summary>
public sealed class RecoveryOptions
{
    /// <summary>Between two sweeps. 1 s to 1 h, default 15 s.</summary>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How many conversations one sweep wakes. 10 to 100,000, default 1,000.</summary>
    public int BatchSize { get; set; } = 1_000;

    /// <summary>How long answered messages are kept; a platform's repetition is recognised so long. 7 to 3,650 d, default 30 d: they are the person's half of the history.</summary>
    public TimeSpan KeepInbox { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long finished delivery steps are kept (the messages themselves stay). 1 to 3,650 d, default 7 d.</summary>
    public TimeSpan KeepOutbox { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Between two removals of what is older. 1 min to 1 d, default 1 h.</summary>
    public TimeSpan PruneInterval { get; set; } = TimeSpan.FromHours(1);

    internal void Check(BoundCheck check)
    {
        check.Within("Bus:Recovery:SweepInterval", SweepInterval, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        check.Within("Bus:Recovery:BatchSize", BatchSize, 10, 100_000);
        check.Within("Bus:Recovery:KeepInbox", KeepInbox, TimeSpan.FromDays(7), TimeSpan.FromDays(3650));
        check.Within("Bus:Recovery:KeepOutbox", KeepOutbox, TimeSpan.FromDays(1), TimeSpan.FromDays(3650));
        check.Within("Bus:Recovery:PruneInterval", PruneInterval, TimeSpan.FromMinutes(1), TimeSpan.FromDays(1));
    }
}
