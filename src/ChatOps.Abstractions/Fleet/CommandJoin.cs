namespace ChatOps.Fleet;

/// <summary>How a pipeline follows the one before it.</summary>
public enum CommandJoin
{
    /// <summary>The first one, or after <c>;</c>: runs in any case.</summary>
    Always,

    /// <summary>After <c>&amp;&amp;</c>: runs when the status so far is zero.</summary>
    And,

    /// <summary>After <c>||</c>: runs when the status so far is not zero.</summary>
    Or,
}
