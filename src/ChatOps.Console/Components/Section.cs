namespace ChatOps.Console.Components;

/// <summary>The console's sections, as in its navigation.</summary>
public enum Section
{
    /// <summary>Conversations.</summary>
    Chat,

    /// <summary>What waits for a decision, and what was decided.</summary>
    Approvals,

    /// <summary>The fleet.</summary>
    Nodes,

    /// <summary>What is looked at by itself, and how it is.</summary>
    Checks,

    /// <summary>What was critical, until it is resolved.</summary>
    Incidents,

    /// <summary>What runs by itself, and when.</summary>
    Schedules,

    /// <summary>The record.</summary>
    Audit,

    /// <summary>People and roles.</summary>
    Access,

    /// <summary>The gateway's parts.</summary>
    Status,
}
