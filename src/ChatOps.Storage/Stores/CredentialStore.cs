using ChatOps.Storage.Sessions;

namespace ChatOps.Storage.Stores;

/// <summary>Credential hashes in SQL.</summary>
/// <param name="session">The transaction.</param>
internal sealed class CredentialStore(SqlSession session) : ICredentialStore
{
    private const string Columns = "hash, kind, principal, name, created_at, expires_at, last_used_at";

    /// <inheritdoc/>
    public void Add(Credential credential) => session
        .Statement($"INSERT INTO credentials ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .Set(credential.Hash).Set(credential.Kind).Set(credential.Principal).Set(credential.Name)
        .Set(credential.CreatedAt).Set(credential.ExpiresAt).Set(credential.LastUsedAt)
        .Execute();

    /// <inheritdoc/>
    public Credential? Find(string hash, CredentialKind kind, DateTimeOffset now) => session
        .Statement($"SELECT {Columns} FROM credentials WHERE hash = $1 AND kind = $2 AND expires_at > $3")
        .Set(hash).Set(kind).Set(now).First(Read);

    /// <inheritdoc/>
    public Credential? Consume(string hash, CredentialKind kind, DateTimeOffset now) => session
        .Statement($"DELETE FROM credentials WHERE hash = $1 AND kind = $2 AND expires_at > $3 RETURNING {Columns}")
        .Set(hash).Set(kind).Set(now).ExecuteReturning(Read);

    /// <inheritdoc/>
    public void Touch(string hash, DateTimeOffset now)
    {
        // To the minute: a page that asks ten times a second must not write ten times a second.
        var minute = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        session.Statement("UPDATE credentials SET last_used_at = $2 WHERE hash = $1 AND (last_used_at IS NULL OR last_used_at < $2)")
            .Set(hash).Set(minute).Execute();
    }

    /// <inheritdoc/>
    public IReadOnlyList<Credential> List(CredentialKind kind, DateTimeOffset now) => session
        .Statement($"SELECT {Columns} FROM credentials WHERE kind = $1 AND expires_at > $2 ORDER BY created_at, hash")
        .Set(kind).Set(now).All(Read);

    /// <inheritdoc/>
    public bool Remove(string hash) => session.Statement("DELETE FROM credentials WHERE hash = $1").Set(hash).ExecuteCount() == 1;

    /// <inheritdoc/>
    public int Prune(DateTimeOffset now) => session.Statement("DELETE FROM credentials WHERE expires_at <= $1").Set(now).ExecuteCount();

    private static Credential Read(SqlRow row) => new(
        row.Text(0), row.Word<CredentialKind>(1), row.Text(2), row.Text(3), row.Time(4), row.Time(5), row.TimeOrNull(6));
}
