namespace ChatOps.Fleet;

/// <summary>How the gateway reaches a node.</summary>
public enum NodeKind
{
    /// <summary>It is the gateway's own machine.</summary>
    Local,

    /// <summary>By the daemon that runs there and connects to the relay.</summary>
    Daemon,

    /// <summary>By the system's OpenSSH client; nothing of ours runs there.</summary>
    Ssh,
}
