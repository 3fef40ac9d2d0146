namespace ChatOps.Fleet;

/// <summary>A token that lets one machine join, once.</summary>
/// <param name="Token">The token; shown once, never stored.</param>
/// <param name="ExpiresAt">When it ends.</param>
public sealed record JoinInvitation(string Token, DateTimeOffset ExpiresAt);
