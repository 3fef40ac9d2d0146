namespace ChatOps.Agent.Models.Wire;

/// <summary>One attempt at one endpoint failed. Whether another attempt or another model may help is decided by who asked.</summary>
/// <param name="failure">What it is for the person in the end.</param>
/// <param name="message">For people, with no word of the service's own.</param>
internal sealed class EndpointException(ModelFailure failure, string message) : Exception(message)
{
    /// <summary>What it is for the person in the end.</summary>
    public ModelFailure Failure { get; } = failure;

    /// <summary>Whether the same request may go well at another time or at another endpoint of this model.</summary>
    public bool CanRetry { get; init; }

    /// <summary>Whether another model may have an answer.</summary>
    public bool CanFallBack { get; init; } = true;

    /// <summary>How long the service wants to be left alone; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the endpoint is ill, so that it should be left in peace after some of these.</summary>
    public bool IsIllness { get; init; }

    /// <summary>Whether the service may have charged for it: it had begun to answer.</summary>
    public bool MayCost { get; init; }

    /// <summary>The service's own code, cleaned; for the log.</summary>
    public string Code { get; init; } = "-";
}
