using ChatOps.Storage.Sessions;

namespace ChatOps.Storage.Stores;

/// <summary>Halts in SQL.</summary>
/// <param name="session">The transaction.</param>
internal sealed class HaltStore(SqlSession session) : IHaltStore
{
    /// <inheritdoc/>
    public bool Add(Halt halt) => session
        .Statement("INSERT INTO halts (id, selector, halted_by, reason, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING")
        .Set(halt.Id).Set(halt.On).Set(halt.By).Set(halt.Reason).Set(halt.At).ExecuteCount() == 1;

    /// <inheritdoc/>
    public IReadOnlyList<Halt> Open() => session
        .Statement("SELECT id, selector, halted_by, reason, at FROM halts WHERE lifted_at IS NULL ORDER BY at, id")
        .All(row => new Halt(row.Text(0), row.Text(1), row.Text(2), row.TextOrNull(3), row.Time(4)));

    /// <inheritdoc/>
    public bool Lift(string id, string by, DateTimeOffset at) => session
        .Statement("UPDATE halts SET lifted_by = $2, lifted_at = $3 WHERE id = $1 AND lifted_at IS NULL")
        .Set(id).Set(by).Set(at).ExecuteCount() == 1;
}
