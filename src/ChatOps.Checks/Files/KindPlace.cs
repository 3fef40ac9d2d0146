namespace ChatOps.Checks.Files;

/// <summary>Where a kind looks from.</summary>
internal enum KindPlace
{
    /// <summary>From the gateway; with a selector once for each node.</summary>
    Gateway,

    /// <summary>On nodes, through the gate.</summary>
    Nodes,

    /// <summary>Depends on its keys.</summary>
    Either,
}
