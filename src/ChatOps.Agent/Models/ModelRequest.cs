using Microsoft.Extensions.AI;

namespace ChatOps.Agent.Models;

/// <summary>One step that a model is asked for.</summary>
/// <param name="Model">The model's configured name; null for <c>Agent:Model</c>, or else the first that is configured.</param>
/// <param name="Messages">The conversation so far.</param>
/// <param name="Tools">The functions that it may call. They are only told to the model; nothing is called here.</param>
/// <param name="Payer">Who it is for.</param>
internal sealed record ModelRequest(string? Model, IReadOnlyList<ChatMessage> Messages, IReadOnlyList<AITool> Tools, ModelPayer Payer)
{
    /// <summary>Whether the caller writes what the step cost together with the step itself (<see cref="ModelStep.Cost"/>): one commit instead of two.</summary>
    public bool KeepsCost { get; init; }
}
