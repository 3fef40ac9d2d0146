namespace ChatOps.Node.Policy;

/// <summary>What the machine's own policy says about a command. The order matters: the strictest wins.</summary>
internal enum NodeVerdict
{
    /// <summary>The gateway may ask for it.</summary>
    Allow,

    /// <summary>Only with a grant that names an approval or a standing grant.</summary>
    Approval,

    /// <summary>Never, whatever the gateway signs.</summary>
    Never,
}
