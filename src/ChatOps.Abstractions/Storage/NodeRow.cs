using ChatOps.Fleet;

namespace ChatOps.Storage;

/// <summary>A machine that has joined the fleet.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Key">Its public key, SubjectPublicKeyInfo in base64.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="Drained">Whether it takes no new work.</param>
/// <param name="Quarantined">Whether nothing reaches it until an operator has looked.</param>
/// <param name="Alert">What somebody should look at; null for nothing.</param>
/// <param name="Generation">The counter that it confirmed last.</param>
/// <param name="Offered">The counter that was offered to it last; above <paramref name="Generation"/> until it confirms.</param>
/// <param name="Version">Its daemon's version.</param>
/// <param name="Facts">About the machine.</param>
/// <param name="JoinedAt">When it joined.</param>
/// <param name="LastSeenAt">When it last answered, as of its last connection's begin or end.</param>
/// <param name="Revision">Rises with every change.</param>
public sealed record NodeRow(
    string Name,
    string Key,
    IReadOnlyDictionary<string, string> Labels,
    bool Drained,
    bool Quarantined,
    string? Alert,
    long Generation,
    long Offered,
    string Version,
    IReadOnlyDictionary<string, string> Facts,
    DateTimeOffset JoinedAt,
    DateTimeOffset LastSeenAt,
    long Revision)
{
    /// <summary>
    /// The <see cref="Generation"/> of a member that has not come since the store was restored from a backup: its counter has risen meanwhile, and
    /// <see cref="Offered"/> is the lowest that it may come with.
    /// </summary>
    public const long NotSeenSinceRestore = -1;

    /// <summary>Where it is reached by ssh; <see langword="null"/> for one that connects by its daemon. Such a node has no key of ours.</summary>
    public SshAddress? Ssh { get; init; }

    /// <summary>
    /// The id of the gateway whose relay it is connected to, over the connection of <see cref="Generation"/>; null while it is not. A gateway that died leaves its own
    /// there: only one that lives counts.
    /// </summary>
    public string? Gateway { get; init; }
}
