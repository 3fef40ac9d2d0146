using ChatOps.Costs;

namespace ChatOps.Storage;

/// <summary>What requests to models cost, and by how much budgets were raised.</summary>
public interface IUsageStore
{
    /// <summary>Adds a request.</summary>
    void Add(UsageRow row);

    /// <summary>Writes how a request ended: model, tokens, cost.</summary>
    void Settle(UsageRow row);

    /// <summary>Removes a request that cost nothing.</summary>
    void Remove(string id);

    /// <summary>Removes the requests before a time, a bounded number a call.</summary>
    /// <returns>How many; call again in a new transaction until it is 0.</returns>
    int Prune(DateTimeOffset before);

    /// <summary>What was spent on a day, with what requests under way may cost at most, in millionths of a US dollar.</summary>
    /// <param name="day">The day (UTC).</param>
    /// <param name="scope">Whose.</param>
    /// <param name="subject">The person or the conversation.</param>
    long Spent(DateOnly day, BudgetScope scope, string subject);

    /// <summary>Raises a budget.</summary>
    void Raise(BudgetRaise raise);

    /// <summary>By how much a budget was raised on a day.</summary>
    long Raised(DateOnly day, BudgetScope scope, string subject);

    /// <summary>Sums since a time, the largest cost first (days: the newest first).</summary>
    IReadOnlyList<UsageSum> Sum(UsageGroup group, DateTimeOffset since, int limit);
}
