namespace ChatOps.Costs;

/// <summary>A budget that somebody raised for one day.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Day">The day (UTC).</param>
/// <param name="Scope">Which budget.</param>
/// <param name="Subject">The person or the conversation; empty for <see cref="BudgetScope.Day"/>.</param>
/// <param name="Amount">By how much, in millionths of a US dollar.</param>
/// <param name="By">Who raised it.</param>
/// <param name="At">When.</param>
public sealed record BudgetRaise(string Id, DateOnly Day, BudgetScope Scope, string Subject, long Amount, string By, DateTimeOffset At);
