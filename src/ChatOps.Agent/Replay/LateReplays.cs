using ChatOps.Identity;
using ChatOps.Models;

namespace ChatOps.Agent.Replay;

/// <summary>Makes the replays when they are first asked for: they ask the gate, behind which the tool stands that asks them.</summary>
/// <param name="make">Makes them.</param>
internal sealed class LateReplays(Lazy<Replays> make) : IReplays
{
    /// <inheritdoc/>
    public Task<ReplayReport> RunAsync(ReplayRequest request, Principal by, CancellationToken cancellationToken) => make.Value.RunAsync(request, by, cancellationToken);
}
