namespace ChatOps.Fleet.Frames;

/// <summary>Why the gateway ends a connection.</summary>
public static class RefusalCode
{
    /// <summary>The peers speak no common protocol.</summary>
    public const string Protocol = "protocol";

    /// <summary>The join token is unknown, used or expired; which of these is not said.</summary>
    public const string Token = "token";

    /// <summary>The proof is wrong, or nobody with this name and key is a member.</summary>
    public const string Identity = "identity";

    /// <summary>The name or a label cannot be used.</summary>
    public const string Name = "name";

    /// <summary>The key is in quarantine.</summary>
    public const string Quarantined = "quarantined";

    /// <summary>An operator removed the node: what runs is to be stopped.</summary>
    public const string Removed = "removed";

    /// <summary>Another connection of the same daemon took over.</summary>
    public const string Replaced = "replaced";

    /// <summary>The gateway takes no more nodes now.</summary>
    public const string Full = "full";

    /// <summary>The gateway stops or cannot work now; try again.</summary>
    public const string Unavailable = "unavailable";
}
