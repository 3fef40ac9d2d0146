using ChatOps.Models;

namespace ChatOps.Testing;

/// <summary>No model is configured.</summary>
public sealed class NoOpinion : IModelOpinion, IModelSetup
{
    public bool Any => false;

    public Task<string?> AskAsync(string question, string facts, string principal, string conversationId, CancellationToken cancellationToken) => Task.FromResult<string?>(null);
}
