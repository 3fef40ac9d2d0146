namespace ChatOps.EndToEnd.Chaos;

/// <summary>A fault that was, and when.</summary>
/// <param name="Kind">What, as the table says it.</param>
/// <param name="From">When it began.</param>
/// <param name="To">When it was right again.</param>
internal sealed record ChaosSpan(string Kind, DateTimeOffset From, DateTimeOffset To)
{
    // What a fault left lying is found and done by then: a lease's time and a sweep's.
    private static readonly TimeSpan Aftermath = TimeSpan.FromSeconds(10);

    /// <summary>Whether it was under way, or just over, at some moment between two.</summary>
    public bool IsWithin(DateTimeOffset from, DateTimeOffset to) => From <= to && from <= To + Aftermath;
}
