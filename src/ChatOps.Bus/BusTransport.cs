namespace ChatOps.Bus;

/// <summary>What carries the wake-ups.</summary>
public enum BusTransport
{
    /// <summary>Queues in the gateway's own memory.</summary>
    InMemory,

    /// <summary>A RabbitMQ broker. Between several gateways on one store.</summary>
    RabbitMq,
}
