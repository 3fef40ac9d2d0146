namespace ChatOps.Channels.Discord;

/// <summary>How a connection ended.</summary>
/// <param name="Kind">What comes next.</param>
/// <param name="Reason">Why, for people.</param>
/// <param name="Remedy">For <see cref="GatewayEndKind.Fatal"/>: what to do.</param>
internal sealed record GatewayEnd(GatewayEndKind Kind, string Reason, string Remedy = "")
{
    /// <summary>Discord wants us to wait a moment that is not everybody's.</summary>
    public bool Pauses { get; init; }

    /// <summary>What a close code means.</summary>
    /// <param name="code">The code; null when the connection broke without one.</param>
    public static GatewayEnd Of(int? code) => code switch
    {
        null => new(GatewayEndKind.Resume, "The connection to Discord's gateway broke."),
        4004 => new(GatewayEndKind.Fatal, "Discord does not accept the bot token (4004).", "Reset the token in the Developer Portal under Bot and put the new one in Channels:Discord:Token."),
        4010 => new(GatewayEndKind.Fatal, "Discord refused the shard (4010).", "This is a fault of this program; update it."),
        4011 => new(GatewayEndKind.Fatal, "Discord says that the bot is in too many servers for one connection (4011).", "Use an application of its own for this gateway, and invite it to your servers only."),
        4012 => new(GatewayEndKind.Fatal, "Discord no longer speaks this version of its gateway (4012).", "Update this program."),
        4013 => new(GatewayEndKind.Fatal, "Discord does not know an intent that was asked for (4013).", "This is a fault of this program; update it."),
        4014 => new(GatewayEndKind.Fatal, "The bot may not have an intent that it asks for (4014).", "Switch on Message Content Intent in the Developer Portal under Bot, Privileged Gateway Intents, and start the gateway again."),
        4003 or 4007 or 4009 => new(GatewayEndKind.NewSession, $"Discord ended the session ({code})."),
        _ => new(GatewayEndKind.Resume, $"Discord closed the connection ({code})."),
    };
}
