namespace ChatOps.Agent.Models.Costs;

/// <summary>A file of prices, in US dollars for a million tokens.</summary>
/// <param name="Date">The day on which they were true.</param>
/// <param name="Models">Prices by <c>provider/model</c>.</param>
internal sealed record PricesFile(DateOnly Date, IReadOnlyDictionary<string, ModelPrice> Models)
{
    /// <summary>What is to be known of them; for people.</summary>
    public string? Note { get; init; }

    /// <summary>Where they are from, by provider, with the day on which that was looked at; for people.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];
}
