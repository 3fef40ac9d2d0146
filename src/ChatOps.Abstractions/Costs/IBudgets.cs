using ChatOps.Storage;

namespace ChatOps.Costs;

/// <summary>The budgets that are in force.</summary>
public interface IBudgets
{
    /// <summary>The day (UTC) that the prices are of.</summary>
    DateOnly PricesOf { get; }

    /// <summary>The configured limit of a budget in millionths of a US dollar; null for none.</summary>
    long? LimitOf(BudgetScope scope);

    /// <summary>How the budgets stand for a person in a conversation; those without a limit are left out.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="principal">The person.</param>
    /// <param name="conversationId">The conversation; null for none.</param>
    IReadOnlyList<BudgetState> Look(IStoreSession session, string principal, string? conversationId);
}
