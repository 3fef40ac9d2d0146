namespace ChatOps.Channels.Discord;

/// <summary>How a connection ended.</summary>
internal enum GatewayEndKind
{
    /// <summary>The session lives: resume it.</summary>
    Resume,

    /// <summary>The session is gone: begin another.</summary>
    NewSession,

    /// <summary>No retry mends it.</summary>
    Fatal,
}
