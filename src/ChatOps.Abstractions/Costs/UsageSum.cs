namespace ChatOps.Costs;

/// <summary>What requests to models came to.</summary>
/// <param name="Key">The person, conversation, schedule, model or day.</param>
/// <param name="Requests">How many.</param>
/// <param name="InputTokens">Tokens that were read.</param>
/// <param name="OutputTokens">Tokens that were written.</param>
/// <param name="Cost">Millionths of a US dollar.</param>
/// <param name="Estimated">How many of them are estimates.</param>
/// <param name="Unpriced">How many have no known price and count as nothing.</param>
public sealed record UsageSum(string Key, long Requests, long InputTokens, long OutputTokens, long Cost, long Estimated, long Unpriced);
