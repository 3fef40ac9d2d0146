using ChatOps.Agent.Models;
using Microsoft.Extensions.AI;

namespace ChatOps.Tests.Agent.Context;

/// <summary>A model with a window of a chosen size that answers what the test says, or fails.</summary>
internal sealed class FakeModels(int contextTokens, Func<ModelRequest, string>? answer) : IModels
{
    public List<ModelRequest> Asked { get; } = [];

    public bool Any => answer is not null;

    public IReadOnlyList<string> Names => Any ? ["main"] : [];

    public Task<ModelStep> StepAsync(ModelRequest request, Action<string> onText, CancellationToken cancellationToken)
    {
        Asked.Add(request);
        return Task.FromResult(new ModelStep(new ChatMessage(ChatRole.Assistant, answer!(request)), 1, 1, "fake-1", "main", ChatFinishReason.Stop));
    }

    public ModelLimits LimitsOf(string? model) => new(contextTokens, 1_000);
}
