using System.Diagnostics.Metrics;
using ChatOps.Costs;

namespace ChatOps.Agent.Models.Costs;

/// <summary>What models use, as numbers.</summary>
internal sealed class ModelMetrics
{
    private const double Millionths = 1e-6;
    private readonly Counter<long> tokens;
    private readonly Counter<double> cost;

    public ModelMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("ChatOps");
        tokens = meter.CreateCounter<long>("chatops.model.tokens", "{token}", "Tokens of requests that ended, by model and direction; an estimate where the service counts nothing.");
        cost = meter.CreateCounter<double>("chatops.model.cost.usd", "", "What these cost in US dollars, by model, as far as prices are known.");
    }

    /// <summary>A request has ended.</summary>
    public void Spent(UsageRow row)
    {
        var model = new KeyValuePair<string, object?>("model", row.Model);
        tokens.Add(row.InputTokens, model, new("direction", "input"));
        tokens.Add(row.OutputTokens, model, new("direction", "output"));
        cost.Add(row.Cost * Millionths, model);
    }
}
