using ChatOps.Costs;
using Microsoft.Extensions.AI;

namespace ChatOps.Agent.Models;

/// <summary>A step that a model made.</summary>
/// <param name="Message">Its message: text, and the calls that it wants as <see cref="FunctionCallContent"/>.</param>
/// <param name="InputTokens">Tokens that were read.</param>
/// <param name="OutputTokens">Tokens that were written.</param>
/// <param name="ModelId">The model as its provider names it: <c>gpt-4.1-mini-2025-04-14</c>.</param>
/// <param name="ModelName">The model as it is configured.</param>
/// <param name="Finish">Why it ended.</param>
internal sealed record ModelStep(ChatMessage Message, long InputTokens, long OutputTokens, string ModelId, string ModelName, ChatFinishReason? Finish)
{
    /// <summary>What it cost, for whoever asked to write that down themselves; null when it is written.</summary>
    public UsageRow? Cost { get; init; }
}
