using System.Globalization;
using ChatOps.Agent.Models.Pool;
using ChatOps.Diagnostics;

namespace ChatOps.Agent.Models;

/// <summary>How each endpoint of each model is: whether it is left in peace, its last error, its last use.</summary>
internal sealed class ModelsHealth(ConfiguredModels models, TimeProvider time) : IHealthPart
{
    /// <inheritdoc/>
    public string Name => "models";

    /// <inheritdoc/>
    public Task<PartHealth> CheckAsync(CancellationToken cancellationToken)
    {
        var states = models.Pools.SelectMany(p => p.Endpoints).Select(e => e.State).ToList();
        if (states.Count == 0) return Task.FromResult(new PartHealth(PartState.Ok, "None is configured; free text is answered with a hint (docs/models.md).", new Dictionary<string, string>()));
        var facts = new Dictionary<string, string>();
        for (var i = 0; i < states.Count; i++) facts[$"{i}:{states[i].Model}"] = Line(states[i]);
        var ill = models.Pools.Where(p => p.Endpoints.All(e => e.IsResting)).Select(p => p.Name).ToList();
        var failing = states.Where(s => s.LastError is not null).ToList();
        var health = ill.Count > 0
            ? new PartHealth(PartState.Degraded, $"No answer from {string.Join(", ", ill)}: {failing.First(s => ill.Contains(s.Model)).LastError} Commands work without it.", facts)
            : failing.Count > 0 ? new PartHealth(PartState.Ok, $"{models.Names.Count} configured. Last trouble: {failing.MaxBy(s => s.LastErrorAt)!.LastError}", facts)
            : new PartHealth(PartState.Ok, $"{string.Join(", ", models.Names)}: {string.Join("; ", states.Select(Short).Distinct())}.", facts);
        return Task.FromResult(health);
    }

    private string Line(EndpointState state) =>
        $"{state.Provider} at {state.Address}: {(state.Resting ? "left in peace" : "in use")}, {state.InFlight.ToString(CultureInfo.InvariantCulture)} under way, last answer {Ago(state.LastUse)}"
        + (state.LastError is null ? "" : $", last error {Ago(state.LastErrorAt)}: {state.LastError}");

    private string Short(EndpointState state) => state.LastUse is null ? "not used yet" : $"last answer {Ago(state.LastUse)}";

    private string Ago(DateTimeOffset? at) => at is not { } then ? "never" : (time.GetUtcNow() - then) switch
    {
        { TotalSeconds: < 60 } span => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, (int)span.TotalSeconds)} s ago"),
        { TotalMinutes: < 60 } span => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalMinutes} min ago"),
        var span => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours} h ago"),
    };
}
