namespace ChatOps.Storage;

/// <summary>Lets one machine join the fleet, once; the store holds only the hash.</summary>
/// <param name="Hash">SHA-256 of the token, lower-case hex.</param>
/// <param name="Labels">Labels that the machine gets.</param>
/// <param name="CreatedBy">Who made it.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="ExpiresAt">When it ends.</param>
public sealed record JoinToken(string Hash, IReadOnlyDictionary<string, string> Labels, string CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt);
