using System.Text.Json;

namespace ChatOps.Channels.Discord;

/// <summary>The first event of a session.</summary>
/// <param name="SessionId">For resuming.</param>
/// <param name="ResumeGatewayUrl">Where to resume.</param>
internal sealed record GatewayReady(string SessionId, string ResumeGatewayUrl)
{
    /// <summary>Reads it; null when it is none.</summary>
    public static GatewayReady? Of(JsonElement data) => DiscordJson.TryRead<GatewayReady>(data);
}
