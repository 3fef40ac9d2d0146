namespace ChatOps.Bus;

/// <summary>Says when the bus carries messages.</summary>
internal interface IBusReadiness
{
    /// <summary>Completes when the bus has started. What was published earlier is lost; a sweep after it finds the work.</summary>
    Task WhenStartedAsync(CancellationToken cancellationToken);
}
