using ChatOps.Gateways;

namespace ChatOps.Storage;

/// <summary>The gateways of a store: each says that it is alive, and what it does.</summary>
public interface IGatewayStore
{
    /// <summary>All that signed and did not leave, ordered by name and id.</summary>
    IReadOnlyList<GatewayRow> All();

    /// <summary>A sign of life; the first adds the gateway.</summary>
    void Sign(GatewayRow row);

    /// <summary>Removes a gateway; nothing happens when it is not there.</summary>
    void Remove(string id);
}
