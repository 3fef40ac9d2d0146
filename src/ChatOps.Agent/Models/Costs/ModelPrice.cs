namespace ChatOps.Agent.Models.Costs;

/// <summary>What a model costs, in US dollars for a million tokens.</summary>
/// <param name="Input">What is read.</param>
/// <param name="Output">What is written.</param>
/// <param name="CachedInput">What is read from the provider's cache; null for the same as <paramref name="Input"/>.</param>
internal sealed record ModelPrice(decimal Input, decimal Output, decimal? CachedInput = null)
{
    /// <summary>Nothing.</summary>
    public static readonly ModelPrice Free = new(0, 0);

    // Prices are per million tokens and money is kept in millionths of a dollar, so the two cancel out.

    /// <summary>The cost of a step in millionths of a dollar, rounded up.</summary>
    public long Cost(long inputTokens, long cachedTokens, long outputTokens)
    {
        var cached = Math.Clamp(cachedTokens, 0, inputTokens);
        return (long)Math.Ceiling((inputTokens - cached) * Input + cached * (CachedInput ?? Input) + outputTokens * Output);
    }
}
