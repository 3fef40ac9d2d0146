using System.Text.Json;

namespace ChatOps.Channels.Discord;

/// <summary>Takes in what the gateway tells.</summary>
internal interface IGatewayEvents
{
    /// <summary>Takes an event in; what must survive is committed before it returns.</summary>
    /// <returns>False when it could not be taken in now: it must come again.</returns>
    Task<bool> TakeAsync(string name, JsonElement data, CancellationToken cancellationToken);

    /// <summary>Events flow (again).</summary>
    void Connected(bool resumed);

    /// <summary>They no longer do.</summary>
    void Disconnected(string reason, TimeSpan pause);
}
