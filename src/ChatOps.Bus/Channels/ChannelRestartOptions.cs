namespace ChatOps.Bus;

/// <summary>How channels that fail are started again.</summary>
public sealed class ChannelRestartOptions
{
    /// <summary>The delay before the first restart; doubles each time. 10 ms to 1 min, default 1 s.</summary>
    public TimeSpan FirstDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest delay. 1 s to 1 h, default 1 min.</summary>
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>After running so long a failure counts as the first again. 1 s to 1 d, default 2 min.</summary>
    public TimeSpan StableAfter { get; set; } = TimeSpan.FromMinutes(2);

    internal void Check(BoundCheck check)
    {
        check.Within("Bus:ChannelRestart:FirstDelay", FirstDelay, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1));
        check.Within("Bus:ChannelRestart:MaxDelay", MaxDelay, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        check.Within("Bus:ChannelRestart:StableAfter", StableAfter, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
    }
}
