namespace ChatOps.Console.Components;

/// <summary>Something of this person's that runs now.</summary>
/// <param name="Title">What.</param>
/// <param name="Where">On which nodes.</param>
/// <param name="Since">Since when.</param>
/// <param name="Slug">The conversation where it can be watched and stopped; null for work from elsewhere.</param>
public sealed record RunningWork(string Title, string Where, DateTimeOffset Since, string? Slug)
{
    /// <summary>Its invocation, when it is a job with a page of its own; null when it is none.</summary>
    public string? Job { get; init; }
}
