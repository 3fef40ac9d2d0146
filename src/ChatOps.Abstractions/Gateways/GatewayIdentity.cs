namespace ChatOps.Gateways;

/// <summary>Which gateway this process is, among those that share a store.</summary>
/// <param name="Id">Random, made at every start: whoever starts again is somebody else, who knows nothing of what was held in memory.</param>
/// <param name="Name">For people: the machine, or what the operator calls it.</param>
/// <param name="Version">Its program's version.</param>
/// <param name="Roles">What it does; empty for a command's own gateway, which lives for moments and is not counted.</param>
public sealed record GatewayIdentity(string Id, string Name, string Version, IReadOnlyList<GatewayRole> Roles)
{
    /// <summary>All roles.</summary>
    public static readonly IReadOnlyList<GatewayRole> AllRoles = Enum.GetValues<GatewayRole>();

    /// <summary>Whether it does this part of the work.</summary>
    public bool Has(GatewayRole role) => Roles.Contains(role);
}
