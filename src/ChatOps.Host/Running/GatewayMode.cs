namespace ChatOps.Host;

/// <summary>How long a gateway lives.</summary>
public enum GatewayMode
{
    /// <summary>Until it is stopped: <c>chatops gateway</c>.</summary>
    Gateway,

    /// <summary>For the length of one command, when no gateway runs. The same parts and the same gate, on a port that the system chooses.</summary>
    Command,
}
