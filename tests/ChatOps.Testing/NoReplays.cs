using ChatOps.Identity;
using ChatOps.Models;

namespace ChatOps.Testing;

/// <summary>No conversation was ever led by a model.</summary>
public sealed class NoReplays : IReplays
{
    /// <inheritdoc/>
    public Task<ReplayReport> RunAsync(ReplayRequest request, Principal by, CancellationToken cancellationToken) =>
        Task.FromResult(new ReplayReport([], "There is none."));
}
