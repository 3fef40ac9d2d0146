namespace ChatOps.Agent.Models.Pool;

/// <summary>How an endpoint is, for people.</summary>
/// <param name="Model">The model's configured name.</param>
/// <param name="Provider">Whose it is.</param>
/// <param name="Address">Host and port.</param>
/// <param name="Resting">Whether it is left in peace after failures.</param>
/// <param name="InFlight">Requests that are under way.</param>
/// <param name="LastUse">When it answered last; null for never.</param>
/// <param name="LastError">Why it did not answer last; null when it did.</param>
/// <param name="LastErrorAt">When that was.</param>
internal sealed record EndpointState(
    string Model, string Provider, string Address, bool Resting, int InFlight, DateTimeOffset? LastUse, string? LastError, DateTimeOffset? LastErrorAt);
