namespace ChatOps.Costs;

/// <summary>What costs are added up by.</summary>
public enum UsageGroup
{
    /// <summary>The person.</summary>
    Person,

    /// <summary>The conversation.</summary>
    Conversation,

    /// <summary>The schedule; requests of people are left out.</summary>
    Schedule,

    /// <summary>The model, by its configured name.</summary>
    Model,

    /// <summary>The day (UTC).</summary>
    Day,
}
