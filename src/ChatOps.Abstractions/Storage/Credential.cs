namespace ChatOps.Storage;

/// <summary>A credential; the store holds only the hash.</summary>
/// <param name="Hash">SHA-256 of the secret, lower-case hex.</param>
/// <param name="Kind">What it opens.</param>
/// <param name="Principal">As whom.</param>
/// <param name="Name">For lists.</param>
/// <param name="CreatedAt">When made.</param>
/// <param name="ExpiresAt">When it ends.</param>
/// <param name="LastUsedAt">When last used, to the minute.</param>
public sealed record Credential(
    string Hash, CredentialKind Kind, string Principal, string Name, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? LastUsedAt);
