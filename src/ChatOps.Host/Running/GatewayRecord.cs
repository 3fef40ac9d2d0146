namespace ChatOps.Host;

/// <summary>What a running gateway leaves in its data directory for the command line of the same user.</summary>
/// <param name="Url">Where it answers on this machine.</param>
/// <param name="Pid">Its process.</param>
/// <param name="StartedAt">When it became ready.</param>
/// <param name="Mode">Whether it stays, or lives for one command.</param>
/// <param name="Key">The owner's key: opens the HTTP API until this gateway stops.</param>
internal sealed record GatewayRecord(string Url, int Pid, DateTimeOffset StartedAt, GatewayMode Mode, string Key);
