namespace ChatOps.Agent.Models;

/// <summary>Why a model gave no answer.</summary>
internal enum ModelFailure
{
    /// <summary>There is no such model.</summary>
    NotConfigured,

    /// <summary>No connection, no answer in time, or the service is down.</summary>
    Unreachable,

    /// <summary>The service, or this gateway, has too much to do; later it may work.</summary>
    Overloaded,

    /// <summary>The service does not take the request, or the model declined to answer.</summary>
    Refused,

    /// <summary>The answer is not what the protocol promises.</summary>
    Malformed,

    /// <summary>The answer broke off, again and again.</summary>
    Truncated,

    /// <summary>A budget is used up.</summary>
    OverBudget,

    /// <summary>The service refuses the key.</summary>
    Rejected,
}
