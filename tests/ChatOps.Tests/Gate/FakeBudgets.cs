using ChatOps.Costs;
using ChatOps.Storage;

namespace ChatOps.Tests.Gate;

/// <summary>One budget for each person, or none.</summary>
internal sealed class FakeBudgets : IBudgets
{
    /// <summary>The limit for a person; null for none.</summary>
    public long? Person { get; set; }

    public DateOnly PricesOf => new(2026, 1, 1);

    public long? LimitOf(BudgetScope scope) => scope == BudgetScope.Person ? Person : null;

    public IReadOnlyList<BudgetState> Look(IStoreSession session, string principal, string? conversationId) =>
        Person is { } limit ? [new(BudgetScope.Person, principal, limit, 0)] : [];
}
