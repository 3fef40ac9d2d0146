namespace ChatOps.Gateways;

/// <summary>A gateway as the store knows it.</summary>
/// <param name="Id">See <see cref="GatewayIdentity.Id"/>.</param>
/// <param name="Name">For people.</param>
/// <param name="Version">Its program's version.</param>
/// <param name="Roles">What it does, as names: one that this version does not know stays readable.</param>
/// <param name="StartedAt">Its start, by its own clock.</param>
/// <param name="SeenAt">Its last sign of life, by its own clock.</param>
public sealed record GatewayRow(string Id, string Name, string Version, IReadOnlyList<string> Roles, DateTimeOffset StartedAt, DateTimeOffset SeenAt);
