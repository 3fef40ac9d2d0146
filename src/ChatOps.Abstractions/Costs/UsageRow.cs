namespace ChatOps.Costs;

/// <summary>One request to a model, and what it costs. It is written before the request, with the most that it can cost, so that requests at the same time cannot pass a budget together.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Principal">The person it is for.</param>
/// <param name="ConversationId">The conversation.</param>
/// <param name="Schedule">The schedule that asked; null when a person did.</param>
/// <param name="Model">The model's configured name.</param>
/// <param name="At">When.</param>
public sealed record UsageRow(string Id, string Principal, string ConversationId, string? Schedule, string Model, DateTimeOffset At)
{
    /// <summary>The model as its provider names it; null before the answer.</summary>
    public string? ModelId { get; init; }

    /// <summary>Tokens that were read.</summary>
    public long InputTokens { get; init; }

    /// <summary>Of these, tokens from the provider's cache.</summary>
    public long CachedTokens { get; init; }

    /// <summary>Tokens that were written.</summary>
    public long OutputTokens { get; init; }

    /// <summary>The cost in millionths of a US dollar.</summary>
    public long Cost { get; init; }

    /// <summary>Whether tokens and cost are an estimate: the request is under way, broke off, or the service counts nothing.</summary>
    public bool IsEstimate { get; init; }

    /// <summary>Whether the model's price is known.</summary>
    public bool IsPriced { get; init; }

    /// <summary>The day (UTC) that it counts for.</summary>
    public DateOnly Day => DateOnly.FromDateTime(At.UtcDateTime);
}
