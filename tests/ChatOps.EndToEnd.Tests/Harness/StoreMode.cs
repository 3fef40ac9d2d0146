namespace ChatOps.EndToEnd.Harness;

/// <summary>What a gateway stands on; the same program, by its settings alone.</summary>
public enum StoreMode
{
    /// <summary>A file, and queues in memory.</summary>
    Embedded,

    /// <summary>A real PostgreSQL and a real RabbitMQ.</summary>
    Distributed,
}
