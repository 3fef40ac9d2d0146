using System.Globalization;
using ChatOps.Costs;
using ChatOps.Storage.Sessions;

namespace ChatOps.Storage.Stores;

/// <summary>Costs of models in SQL.</summary>
/// <param name="session">The transaction.</param>
internal sealed class UsageStore(SqlSession session) : IUsageStore
{
    private const int PruneBatch = 500;
    private const string DayForm = "yyyy-MM-dd";

    /// <inheritdoc/>
    public void Add(UsageRow row) => session
        .Statement("INSERT INTO model_usage (id, principal, conversation_id, schedule, model, model_id, day, at, input, cached, output, cost, estimate, priced) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)")
        .Set(row.Id).Set(row.Principal).Set(row.ConversationId).Set(row.Schedule).Set(row.Model).Set(row.ModelId).Set(Text(row.Day)).Set(row.At)
        .Set(row.InputTokens).Set(row.CachedTokens).Set(row.OutputTokens).Set(row.Cost).Set(row.IsEstimate ? 1 : 0).Set(row.IsPriced ? 1 : 0).Execute();

    /// <inheritdoc/>
    public void Settle(UsageRow row) => session
        .Statement("UPDATE model_usage SET model_id = $2, input = $3, cached = $4, output = $5, cost = $6, estimate = $7 WHERE id = $1")
        .Set(row.Id).Set(row.ModelId).Set(row.InputTokens).Set(row.CachedTokens).Set(row.OutputTokens).Set(row.Cost).Set(row.IsEstimate ? 1 : 0).Execute();

    /// <inheritdoc/>
    public void Remove(string id) => session.Statement("DELETE FROM model_usage WHERE id = $1").Set(id).Execute();

    /// <inheritdoc/>
    public int Prune(DateTimeOffset before) =>
        session.Statement("DELETE FROM model_usage WHERE id IN (SELECT id FROM model_usage WHERE at < $1 LIMIT $2)").Set(before).Set(PruneBatch).ExecuteCount();

    /// <inheritdoc/>
    public long Spent(DateOnly day, BudgetScope scope, string subject) => (scope switch
    {
        BudgetScope.Person => session.Statement("SELECT COALESCE(SUM(cost), 0) FROM model_usage WHERE day = $1 AND principal = $2").Set(Text(day)).Set(subject),
        BudgetScope.Conversation => session.Statement("SELECT COALESCE(SUM(cost), 0) FROM model_usage WHERE day = $1 AND conversation_id = $2").Set(Text(day)).Set(subject),
        _ => session.Statement("SELECT COALESCE(SUM(cost), 0) FROM model_usage WHERE day = $1").Set(Text(day)),
    }).First(r => r.Number(0));

    /// <inheritdoc/>
    public void Raise(BudgetRaise raise) => session
        .Statement("INSERT INTO budget_raises (id, day, scope, subject, amount, raised_by, at) VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .Set(raise.Id).Set(Text(raise.Day)).Set(raise.Scope).Set(raise.Subject).Set(raise.Amount).Set(raise.By).Set(raise.At).Execute();

    /// <inheritdoc/>
    public long Raised(DateOnly day, BudgetScope scope, string subject) => session
        .Statement("SELECT COALESCE(SUM(amount), 0) FROM budget_raises WHERE day = $1 AND scope = $2 AND subject = $3")
        .Set(Text(day)).Set(scope).Set(subject).First(r => r.Number(0));

    /// <inheritdoc/>
    public IReadOnlyList<UsageSum> Sum(UsageGroup group, DateTimeOffset since, int limit)
    {
        var (column, order) = group switch
        {
            UsageGroup.Person => ("principal", "6 DESC, 1"),
            UsageGroup.Conversation => ("conversation_id", "6 DESC, 1"),
            UsageGroup.Schedule => ("schedule", "6 DESC, 1"),
            UsageGroup.Model => ("model", "6 DESC, 1"),
            _ => ("day", "1 DESC"),
        };
        return session.Statement($"SELECT {column}, COUNT(*), SUM(input), SUM(output), SUM(estimate), SUM(cost), SUM(1 - priced) FROM model_usage WHERE at >= $1 AND {column} IS NOT NULL GROUP BY {column} ORDER BY {order} LIMIT $2")
            .Set(since).Set(limit).All(r => new UsageSum(r.Text(0), r.Number(1), r.Number(2), r.Number(3), r.Number(5), r.Number(4), r.Number(6)));
    }

    private static string Text(DateOnly day) => day.ToString(DayForm, CultureInfo.InvariantCulture);
}
