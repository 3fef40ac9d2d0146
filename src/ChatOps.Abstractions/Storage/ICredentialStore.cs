namespace ChatOps.Storage;

/// <summary>Hashes of sign-in links, console sessions and API tokens.</summary>
public interface ICredentialStore
{
    /// <summary>Adds one.</summary>
    void Add(Credential credential);

    /// <summary>One by hash, unless expired.</summary>
    Credential? Find(string hash, CredentialKind kind, DateTimeOffset now);

    /// <summary>Takes a single-use one: returns it and removes it; null when unknown, expired or taken.</summary>
    Credential? Consume(string hash, CredentialKind kind, DateTimeOffset now);

    /// <summary>Notes a use.</summary>
    void Touch(string hash, DateTimeOffset now);

    /// <summary>Unexpired ones of a kind.</summary>
    IReadOnlyList<Credential> List(CredentialKind kind, DateTimeOffset now);

    /// <summary>Removes one; false when unknown.</summary>
    bool Remove(string hash);

    /// <summary>Removes expired ones.</summary>
    int Prune(DateTimeOffset now);
}
