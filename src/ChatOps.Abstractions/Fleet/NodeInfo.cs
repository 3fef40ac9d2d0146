namespace ChatOps.Fleet;

/// <summary>A machine of the fleet as selectors and people see it.</summary>
/// <param name="Name">Unique, lower case: letters, digits, <c>-</c>, <c>_</c>, <c>.</c>.</param>
/// <param name="Labels">Such as <c>env=prod</c>; keys and values are short plain text.</param>
/// <param name="State">Whether it can be used now.</param>
/// <param name="Facts">Operating system, kernel, CPU count, memory and so on, for display.</param>
/// <param name="LastSeen">When it last answered.</param>
public sealed record NodeInfo(
    string Name,
    IReadOnlyDictionary<string, string> Labels,
    NodeState State,
    IReadOnlyDictionary<string, string> Facts,
    DateTimeOffset LastSeen)
{
    /// <summary>How it is reached.</summary>
    public NodeKind Kind { get; init; } = NodeKind.Local;

    /// <summary>The named groups that it belongs to.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>The version of the daemon there; empty when that is not known.</summary>
    public string Version { get; init; } = "";

    /// <summary>What to do when that version is behind the gateway's, for people; <see langword="null"/> when it is not.</summary>
    public string? Upgrade { get; init; }

    /// <summary>What somebody should look at (a copied key, a second machine under this name), for people; <see langword="null"/> when there is nothing.</summary>
    public string? Alert { get; init; }
}
