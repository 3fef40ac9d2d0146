namespace ChatOps.Gateways;

/// <summary>The gateways that share this one's store, as far as they were heard of lately.</summary>
public interface IGateways
{
    /// <summary>This one.</summary>
    GatewayIdentity Self { get; }

    /// <summary>Whether nobody else can use the store while this process does.</summary>
    bool IsAlone { get; }

    /// <summary>
    /// Whether this process may believe what it knows of its own work. False for a while after it stood still for so long (paused, or without the store) that another one
    /// may have taken that over; what is saved is guarded by the store, what is only shown by this.
    /// </summary>
    bool IsCurrent { get; }

    /// <summary>Those that live, ordered by name; a gateway that is alone finds itself.</summary>
    IReadOnlyList<GatewayRow> Living { get; }

    /// <summary>One that lives; null for one that does not, or was never heard of.</summary>
    GatewayRow? Find(string id);
}
