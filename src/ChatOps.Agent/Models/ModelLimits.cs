namespace ChatOps.Agent.Models;

/// <summary>How much a model can hold.</summary>
/// <param name="ContextTokens">Tokens of the whole conversation, the answer included.</param>
/// <param name="OutputTokens">Tokens of one answer.</param>
internal sealed record ModelLimits(int ContextTokens, int OutputTokens);
