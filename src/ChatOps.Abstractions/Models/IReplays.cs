using ChatOps.Identity;

namespace ChatOps.Models;

/// <summary>Runs recorded conversations again, without doing anything: what a call had brought is given back.</summary>
public interface IReplays
{
    /// <summary>Replays the newest turns of a conversation that a model led.</summary>
    /// <param name="request">Which, and against what.</param>
    /// <param name="by">Who pays for the model.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The turns, oldest first; or why it cannot be done.</returns>
    Task<ReplayReport> RunAsync(ReplayRequest request, Principal by, CancellationToken cancellationToken);
}
