using ChatOps.Storage;

namespace ChatOps.Identity;

/// <summary>Strangers who ask to be let in, and admins who answer. Who may answer is the gate's business.</summary>
public interface IPairings
{
    /// <summary>A pending request; codes are read as people write them.</summary>
    Task<PairingRow?> FindAsync(string code, CancellationToken cancellationToken);

    /// <summary>Pending requests, oldest first.</summary>
    Task<IReadOnlyList<PairingRow>> PendingAsync(CancellationToken cancellationToken);

    /// <summary>The person that a request would make when no name is given: never one that exists.</summary>
    string NameFor(PairingRow request);

    /// <summary>Lets somebody in: links the identity to a person, gives the role, tells them.</summary>
    /// <param name="code">The code.</param>
    /// <param name="person">The person, new or known.</param>
    /// <param name="role">The role.</param>
    /// <param name="by">Who lets them in, for the cards.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Why not; null when done.</returns>
    Task<string?> ApproveAsync(string code, string person, string role, string by, CancellationToken cancellationToken);

    /// <summary>Says no: they are not answered for a day.</summary>
    /// <returns>Why not; null when done.</returns>
    Task<string?> DenyAsync(string code, string by, CancellationToken cancellationToken);
}
