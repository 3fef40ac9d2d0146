using ChatOps.Costs;

namespace ChatOps.Tools.Cost;

/// <summary>Budgets in words.</summary>
internal static class BudgetWords
{
    /// <summary>A budget's name for people.</summary>
    public static string Name(BudgetScope scope) => scope switch
    {
        BudgetScope.Person => "Your budget",
        BudgetScope.Conversation => "This conversation's budget",
        _ => "Everybody's budget",
    };
}
