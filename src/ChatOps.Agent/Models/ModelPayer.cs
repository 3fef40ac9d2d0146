namespace ChatOps.Agent.Models;

/// <summary>Who a step of a model is for: its cost is counted there.</summary>
/// <param name="Principal">The person's name.</param>
/// <param name="ConversationId">The conversation.</param>
/// <param name="Schedule">The schedule that asked; null when a person did.</param>
internal sealed record ModelPayer(string Principal, string ConversationId, string? Schedule);
