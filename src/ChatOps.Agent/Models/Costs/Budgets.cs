using ChatOps.Costs;
using ChatOps.Storage;

namespace ChatOps.Agent.Models.Costs;

/// <summary>The budgets of the configuration, with what was raised and spent today.</summary>
internal sealed class Budgets(ModelsOptions options, PriceList prices, TimeProvider time) : IBudgets
{
    /// <inheritdoc/>
    public DateOnly PricesOf => prices.Date;

    /// <inheritdoc/>
    public long? LimitOf(BudgetScope scope) => scope switch
    {
        BudgetScope.Person => options.Budgets.Person,
        BudgetScope.Conversation => options.Budgets.Conversation,
        _ => options.Budgets.Day,
    } is { } dollars ? Money.Of(dollars) : null;

    /// <inheritdoc/>
    public IReadOnlyList<BudgetState> Look(IStoreSession session, string principal, string? conversationId)
    {
        var day = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var subjects = new (BudgetScope Scope, string? Subject)[] { (BudgetScope.Person, principal), (BudgetScope.Conversation, conversationId), (BudgetScope.Day, "") };
        return
        [
            .. from s in subjects
               where s.Subject is not null
               let limit = LimitOf(s.Scope)
               where limit is not null
               select new BudgetState(s.Scope, s.Subject, limit.Value + session.Usage.Raised(day, s.Scope, s.Subject), session.Usage.Spent(day, s.Scope, s.Subject)),
        ];
    }
}
