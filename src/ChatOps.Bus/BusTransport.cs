namespace ChatOps.Bus;

/// <summary>What carries the wake-ups.</summary>
public enum BusTransport
{
    /// <summary>Queues in the gateway's own memory.</summary>
    InMemory,

    /// <summary>A RabbitMQ broker. Not available in this version.</summary>
    RabbitMq,
}
