using ChatOps.Storage.Sessions;

namespace ChatOps.Storage.Stores;

/// <summary>The steps of turns in SQL.</summary>
/// <param name="session">The transaction.</param>
internal sealed class TurnStepStore(SqlSession session) : ITurnStepStore
{
    /// <inheritdoc/>
    public bool Add(TurnStep step)
    {
        const string Insert = "INSERT INTO turn_steps (inbox_id, number, kind, json, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (inbox_id, number) DO NOTHING";
        var added = session.Statement(Insert).Set(step.InboxId).Set(step.Number).Set(step.Kind).Set(step.Json).Set(step.At).ExecuteCount() == 1;
        if (added) session.Statement("UPDATE inbox SET attempts = 1 WHERE id = $1 AND state = 'working' AND attempts > 1").Set(step.InboxId).Execute();
        return added;
    }

    /// <inheritdoc/>
    public IReadOnlyList<TurnStep> Of(string inboxId) => session
        .Statement("SELECT inbox_id, number, kind, json, at FROM turn_steps WHERE inbox_id = $1 ORDER BY number").Set(inboxId)
        .All(r => new TurnStep(r.Text(0), (int)r.Number(1), r.Word<TurnStepKind>(2), r.Text(3), r.Time(4)));

    /// <inheritdoc/>
    public bool Any(string inboxId) =>
        session.Statement("SELECT COUNT(*) FROM turn_steps WHERE inbox_id = $1 AND number = 1").Set(inboxId).First(r => r.Number(0)) > 0;
}
