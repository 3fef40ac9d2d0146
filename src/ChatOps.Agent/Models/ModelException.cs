namespace ChatOps.Agent.Models;

/// <summary>A model gave no answer.</summary>
/// <param name="failure">Why.</param>
/// <param name="message">For people: what happened, why, and what to do. Never a word of the service's own, which may repeat a key.</param>
internal sealed class ModelException(ModelFailure failure, string message) : Exception(message)
{
    /// <summary>Why.</summary>
    public ModelFailure Failure { get; } = failure;

    /// <summary>A command line, without slash, by which somebody with the right may help; for a button. Null for none.</summary>
    public string? Remedy { get; init; }

    /// <summary>What the button says.</summary>
    public string? RemedyLabel { get; init; }

    /// <summary>What the step may cost at most, in millionths of a US dollar, where a budget has no room for it.</summary>
    public long Needed { get; init; }
}
