using System.Globalization;
using ChatOps.Costs;

namespace ChatOps.Agent.Models.Costs;

/// <summary>Says that a budget is used up, and who may do what about it.</summary>
internal static class BudgetTexts
{
    /// <summary>The least by which the button raises a budget, in dollars.</summary>
    private const decimal LeastRaise = 1;

    /// <summary>A turn lies still until then.</summary>
    public static string Waits(DateTimeOffset until) =>
        string.Create(CultureInfo.InvariantCulture, $"This waits until {until:yyyy-MM-dd HH:mm} UTC and goes on by itself as soon as there is room; what is done so far is kept.");

    /// <summary>A turn that lay still goes on.</summary>
    public const string GoesOn = "The budget has room again: this goes on, and the answer follows below.";

    /// <summary>A turn that lay still has ended.</summary>
    public static string Ended(BudgetPause pause) => pause.RefusedBy is { } by
        ? $"{by} decided that the budget for models is not raised for this, so it ended here."
        : "The budget for models was not raised in time, so this ended here. Ask again when there is room.";

    /// <summary>The exception.</summary>
    /// <param name="budget">The budget.</param>
    /// <param name="needed">The most that the step could cost.</param>
    public static ModelException Over(BudgetState budget, long needed)
    {
        var raise = Math.Max(Math.Ceiling((decimal)(budget.Spent + needed - budget.Limit) / Money.Dollar), LeastRaise).ToString("0", CultureInfo.InvariantCulture);
        var (whose, target) = budget.Scope switch
        {
            BudgetScope.Person => ($"of {budget.Subject}", $"person {budget.Subject}"),
            BudgetScope.Conversation => ("of this conversation", $"conversation {budget.Subject}"),
            _ => ("of everybody", "day"),
        };
        var command = $"cost raise {target} --by {raise}";
        return new ModelException(
            ModelFailure.OverBudget,
            $"The budget {whose} for models is used up for today: {Money.Text(budget.Spent)} of {Money.Text(budget.Limit)}, and the next step may cost {Money.Text(needed)}. " +
            $"Whoever may (permission cost_raise) can raise it for today: /{command}. It begins anew at midnight UTC. Commands work without a model.")
        {
            Needed = needed, Remedy = command, RemedyLabel = $"Raise by ${raise} for today",
        };
    }
}
