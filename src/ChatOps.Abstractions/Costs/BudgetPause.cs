namespace ChatOps.Costs;

/// <summary>A turn that lies still because a budget is used up: it holds nothing, and goes on by itself when there is room again.</summary>
/// <param name="Principal">Who pays.</param>
/// <param name="Needed">What its next step may cost at most, in millionths of a US dollar.</param>
/// <param name="Until">When it is given up.</param>
public sealed record BudgetPause(string Principal, long Needed, DateTimeOffset Until)
{
    /// <summary>Who said that the budget is not raised for it; null while nobody did.</summary>
    public string? RefusedBy { get; init; }

    /// <summary>Whether nobody decided in time.</summary>
    public bool Expired { get; init; }

    /// <summary>Whether it is to end instead of going on.</summary>
    public bool IsOver => Expired || RefusedBy is not null;

    /// <summary>What a message that waits so names as what it waits for.</summary>
    public static string WaitsFor(string inboxId) => "budget-" + inboxId;
}
