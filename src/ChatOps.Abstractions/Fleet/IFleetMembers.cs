namespace ChatOps.Fleet;

/// <summary>Changes who belongs to the fleet. Every outcome is a value; who may ask is decided before.</summary>
public interface IFleetMembers
{
    /// <summary>Makes a token that lets one machine join.</summary>
    /// <param name="lifetime">How long it works.</param>
    /// <param name="labels">Labels that the machine gets.</param>
    /// <param name="by">Who asked.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<JoinInvitation> InviteAsync(TimeSpan lifetime, IReadOnlyDictionary<string, string> labels, string by, CancellationToken cancellationToken);

    /// <summary>Adds a machine that is reached by ssh, once a connection to it works.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="address">How ssh reaches it.</param>
    /// <param name="labels">Labels that it gets.</param>
    /// <param name="hostKey">Fingerprint of the host's key (<c>SHA256:…</c>) to accept for it; <see langword="null"/> when ssh knows the host already.</param>
    /// <param name="by">Who asked.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Why not and what to do, for people; <see langword="null"/> when it is done.</returns>
    Task<string?> AddSshAsync(
        string name, SshAddress address, IReadOnlyDictionary<string, string> labels, string? hostKey, string by, CancellationToken cancellationToken);

    /// <summary>Sets and removes labels.</summary>
    /// <param name="name">The node.</param>
    /// <param name="changes">Keys with their new values; <see langword="null"/> removes one.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Why not, for people; <see langword="null"/> when it is done.</returns>
    Task<string?> LabelAsync(string name, IReadOnlyDictionary<string, string?> changes, CancellationToken cancellationToken);

    /// <summary>Gives a node no new work; what runs there goes on.</summary>
    /// <param name="name">The node.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Why not, for people; <see langword="null"/> when it is done.</returns>
    Task<string?> DrainAsync(string name, CancellationToken cancellationToken);

    /// <summary>Gives a node work again, ends its quarantine and clears its alert: an operator has looked.</summary>
    /// <param name="name">The node.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Why not, for people; <see langword="null"/> when it is done.</returns>
    Task<string?> ResumeAsync(string name, CancellationToken cancellationToken);

    /// <summary>Removes a node: stops what runs there and ends its connection within a second. Its key is worth nothing any more.</summary>
    /// <param name="name">The node.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Why not, for people; <see langword="null"/> when it is done.</returns>
    Task<string?> RemoveAsync(string name, CancellationToken cancellationToken);
}
