namespace ChatOps.Costs;

/// <summary>How a budget stands today. Money in millionths of a US dollar.</summary>
/// <param name="Scope">Which budget.</param>
/// <param name="Subject">The person or the conversation; empty for <see cref="BudgetScope.Day"/>.</param>
/// <param name="Limit">Its limit today, with what it was raised by.</param>
/// <param name="Spent">What was spent, and what requests under way may cost at most.</param>
public sealed record BudgetState(BudgetScope Scope, string Subject, long Limit, long Spent)
{
    /// <summary>What is left; never below 0.</summary>
    public long Left => Math.Max(0, Limit - Spent);
}
