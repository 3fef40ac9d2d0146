namespace ChatOps.Agent.Models;

/// <summary>What a model costs, in the currency of the prices file (US dollars) for a million tokens (<c>Models:…:Prices</c>).</summary>
public sealed class ModelPriceOptions
{
    /// <summary>A million tokens that are read.</summary>
    public decimal? Input { get; set; }

    /// <summary>A million tokens that are read from the provider's cache. Default: as <see cref="Input"/>.</summary>
    public decimal? CachedInput { get; set; }

    /// <summary>A million tokens that are written.</summary>
    public decimal? Output { get; set; }
}
