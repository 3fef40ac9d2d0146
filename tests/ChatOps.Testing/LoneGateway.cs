using ChatOps.Gateways;

namespace ChatOps.Testing;

/// <summary>A gateway that is alone with its store.</summary>
public sealed class LoneGateway : IGateways
{
    /// <summary>Its id.</summary>
    public const string Id = "lone";

    public GatewayIdentity Self { get; } = new(Id, Id, "1.0.0", GatewayIdentity.AllRoles);

    public bool IsAlone => true;

    public bool IsCurrent => true;

    public IReadOnlyList<GatewayRow> Living => [new GatewayRow(Id, Id, Self.Version, [.. Self.Roles.Select(r => r.ToString().ToLowerInvariant())], default, default)];

    public GatewayRow? Find(string id) => id == Id ? Living[0] : null;
}
