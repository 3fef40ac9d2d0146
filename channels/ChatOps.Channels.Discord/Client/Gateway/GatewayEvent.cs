using System.Text.Json;

namespace ChatOps.Channels.Discord;

/// <summary>An event.</summary>
/// <param name="Name">Such as <c>MESSAGE_CREATE</c>.</param>
/// <param name="Sequence">Its number in the session.</param>
/// <param name="Data">What happened.</param>
internal sealed record GatewayEvent(string Name, long Sequence, JsonElement Data);
