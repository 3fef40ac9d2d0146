using Microsoft.Extensions.AI;

namespace ChatOps.Agent.Models.Pool;

/// <summary>What an attempt brought besides its text.</summary>
/// <param name="Calls">The calls that the model wants.</param>
/// <param name="Usage">What was counted by the service; empty when it counts nothing.</param>
/// <param name="ModelId">The model as the service names it.</param>
/// <param name="Finish">Why it ended.</param>
internal sealed record AttemptResult(IReadOnlyList<AIContent> Calls, UsageDetails Usage, string ModelId, ChatFinishReason? Finish);
