using System.Text.Json;

namespace ChatOps.Channels.Discord;

/// <summary>What the gateway sends.</summary>
/// <param name="Op">Opcode.</param>
/// <param name="D">Data.</param>
/// <param name="S">Sequence number of an event.</param>
/// <param name="T">Name of an event.</param>
internal sealed record GatewayFrame(int Op, JsonElement? D = null, long? S = null, string? T = null);
