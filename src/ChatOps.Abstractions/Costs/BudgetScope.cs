namespace ChatOps.Costs;

/// <summary>Whose spending on one day a budget holds to a limit.</summary>
public enum BudgetScope
{
    /// <summary>One person's.</summary>
    Person,

    /// <summary>One conversation's.</summary>
    Conversation,

    /// <summary>Everybody's together.</summary>
    Day,
}
