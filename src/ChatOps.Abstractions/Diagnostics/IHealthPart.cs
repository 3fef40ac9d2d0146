namespace ChatOps.Diagnostics;

/// <summary>A part of the gateway that can say how it is. Registered by each project; shown by /health/ready, <c>status</c> and the console.</summary>
public interface IHealthPart
{
    /// <summary>A short fixed name: <c>store</c>, <c>bus</c>, <c>audit</c>, <c>web</c>, …</summary>
    string Name { get; }

    /// <summary>Looks and answers within a second. Never throws for an unhealthy part.</summary>
    Task<PartHealth> CheckAsync(CancellationToken cancellationToken);
}
