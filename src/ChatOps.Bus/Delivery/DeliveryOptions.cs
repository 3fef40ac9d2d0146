namespace ChatOps.Bus;

/// <summary>How hard delivery tries.</summary>
public sealed class DeliveryOptions
{
    /// <summary>How many sends are under way at once, over all conversations. 1 to 10,000, default 512.</summary>
    public int MaxConcurrentSends { get; set; } = 512;

    /// <summary>How long a channel may take for one send; after it the end counts as unknown. 1 s to 10 min, default 30 s.</summary>
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The delay before the first repetition when the platform names none; doubles each time. 10 ms to 1 min, default 1 s.</summary>
    public TimeSpan FirstRetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest delay of ours between two tries. 1 s to 1 h, default 1 min. What a platform asks for is honoured whatever its length; after a restart for 5 minutes.</summary>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How often a step may fail in a row, waits that the platform asked for not counted, before it is a dead letter. 1 to 10,000, default 100.</summary>
    public int MaxFailures { get; set; } = 100;

    /// <summary>How old a step may become before it is a dead letter, for whatever reason it waited. 1 min to 30 d, default 24 h.</summary>
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long sends under way may still take when the gateway stops. 0 to 5 min, default 10 s.</summary>
    public TimeSpan StopGrace { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The least time between two passing states of one message (streamed words, progress) that another gateway shows. 100 ms to 1 min, default 500 ms.</summary>
    public TimeSpan FarProgressInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    internal void Check(BoundCheck check)
    {
        check.Within("Bus:Delivery:MaxConcurrentSends", MaxConcurrentSends, 1, 10_000);
        check.Within("Bus:Delivery:SendTimeout", SendTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        check.Within("Bus:Delivery:FirstRetryDelay", FirstRetryDelay, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1));
        check.Within("Bus:Delivery:MaxRetryDelay", MaxRetryDelay, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        check.Within("Bus:Delivery:MaxFailures", MaxFailures, 1, 10_000);
        check.Within("Bus:Delivery:MaxAge", MaxAge, TimeSpan.FromMinutes(1), TimeSpan.FromDays(30));
        check.Within("Bus:Delivery:FarProgressInterval", FarProgressInterval, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));
        check.Within("Bus:Delivery:StopGrace", StopGrace, TimeSpan.Zero, TimeSpan.FromMinutes(5));
    }
}
