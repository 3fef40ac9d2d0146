namespace ChatOps.Channels.Discord;

/// <summary>Where the gateway is and how often the bot may identify.</summary>
internal sealed record GatewayBot(string Url, int Shards = 0, SessionStartLimit? SessionStartLimit = null);
