namespace ChatOps.Gateways;

/// <summary>A part of the work that a gateway may do; a gateway that is not told does all of it.</summary>
public enum GatewayRole
{
    /// <summary>Speaks with the chat platforms: takes what they bring, and delivers there.</summary>
    Channels,

    /// <summary>Works on what was accepted: turns, approved runs, and what a dead gateway left.</summary>
    Workers,

    /// <summary>Lets the daemons of nodes connect.</summary>
    Relay,

    /// <summary>Starts what is due: schedules, checks, the heartbeat and the daily review.</summary>
    Scheduler,

    /// <summary>Serves the web console.</summary>
    Console,
}
