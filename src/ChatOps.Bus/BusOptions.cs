using ChatOps.Configuration;

namespace ChatOps.Bus;

/// <summary>The bounds of everything between the channels and the workers.</summary>
public sealed class BusOptions
{
    /// <summary>What carries the wake-ups. Default <see cref="BusTransport.InMemory"/>.</summary>
    public BusTransport Transport { get; set; } = BusTransport.InMemory;

    /// <summary>How many handlers of one kind of message run at once. 1 to 4,096, default 256.</summary>
    public int MaxConcurrency { get; set; } = 256;

    /// <summary>How many wake-ups may wait in memory; one more is dropped, and the recovery sweep finds its work. 100 to 1,000,000, default 100,000.</summary>
    public int MaxQueued { get; set; } = 100_000;

    /// <summary>Channels that are configured and that this process does not run: what is for them waits for the one that does. Default none.</summary>
    public IReadOnlyList<string> ChannelsElsewhere { get; set; } = [];

    /// <summary>Whether this process sends what is for the channels; otherwise it waits in the store for one that does. Default true.</summary>
    public bool Delivers { get; set; } = true;

    /// <summary>Whether this process is the only one with its store, so that at its start nobody leads anything. Default true, as long as the data directory is locked.</summary>
    public bool AloneWithStore { get; set; } = true;

    /// <summary>How long the store may be away before the conversations whose messages waited are told, once, when it is back. 1 s to 1 d, default 5 min.</summary>
    public TimeSpan OutageNotice { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Where an outage of the store is noted, so that a restart does not forget who waits; null for nowhere. Default null.</summary>
    public string? OutageFile { get; set; }

    /// <summary>The broker, for <see cref="BusTransport.RabbitMq"/>.</summary>
    public RabbitMqOptions RabbitMq { get; } = new();

    /// <summary>Delivery to the channels.</summary>
    public DeliveryOptions Delivery { get; } = new();

    /// <summary>The recovery sweeps.</summary>
    public RecoveryOptions Recovery { get; } = new();

    /// <summary>How channels that fail are started again.</summary>
    public ChannelRestartOptions ChannelRestart { get; } = new();

    /// <summary>Everything that is wrong, for people; empty when all is well.</summary>
    public IReadOnlyList<ConfigurationProblem> Validate()
    {
        var check = new BoundCheck();
        if (!Enum.IsDefined(Transport)) check.Add("Bus:Transport", $"is not a transport; use '{BusTransport.InMemory}' or '{BusTransport.RabbitMq}'.");
        if (Transport == BusTransport.RabbitMq) RabbitMq.Check(check);
        check.Within("Bus:MaxConcurrency", MaxConcurrency, 1, 4096);
        check.Within("Bus:MaxQueued", MaxQueued, 100, 1_000_000);
        check.Within("Bus:OutageNotice", OutageNotice, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        Delivery.Check(check);
        Recovery.Check(check);
        ChannelRestart.Check(check);
        return check.Problems;
    }
}
