namespace ChatOps.Agent.Models;

/// <summary>What models may cost on one day (UTC), in US dollars (<c>Agent:Budgets</c>). Hard: a step that could go over one does not begin.</summary>
public sealed class BudgetOptions
{
    /// <summary>For each person. Default: no limit.</summary>
    public decimal? Person { get; set; }

    /// <summary>For each conversation. Default: no limit.</summary>
    public decimal? Conversation { get; set; }

    /// <summary>For everybody together. Default: no limit.</summary>
    public decimal? Day { get; set; }

    /// <summary>Whether there is any limit.</summary>
    internal bool Any => Person is not null || Conversation is not null || Day is not null;
}
