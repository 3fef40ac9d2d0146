namespace ChatOps.Diagnostics;

/// <summary>A part of the gateway that can say how it is. Registered by each project; shown by /health/ready, <c>status</c> and the console.</summary>
public interface IHealthPart
{
    /// <summary>A short fixed name: <c>store</c>, <c>bus</c>, <c>audit</c>, <c>web</c>, …</summary>
    string Name { get; }

    /// <summary>Whether it stands for something outside that this gateway needs and does not run, such as the broker or a platform: when that is away for long, people are told.</summary>
    bool IsOutside => false;

    /// <summary>Looks and answers within a second. Never throws for an unhealthy part.</summary>
    Task<PartHealth> CheckAsync(CancellationToken cancellationToken);
}
