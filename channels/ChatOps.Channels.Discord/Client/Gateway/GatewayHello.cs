namespace ChatOps.Channels.Discord;

/// <summary>The first frame's data.</summary>
/// <param name="HeartbeatInterval">Milliseconds between heartbeats.</param>
internal sealed record GatewayHello(double HeartbeatInterval);
