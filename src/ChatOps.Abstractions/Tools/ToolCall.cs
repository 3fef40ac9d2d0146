using ChatOps.Fleet;
using ChatOps.Identity;
using ChatOps.Messages;

namespace ChatOps.Tools;

/// <summary>What a tool is given.</summary>
/// <param name="InvocationId">The invocation.</param>
/// <param name="Principal">Who asked, with the roles in force now.</param>
/// <param name="Actor">Through which identity.</param>
/// <param name="Conversation">Where; null for CLI and API.</param>
/// <param name="Arguments">Validated.</param>
/// <param name="Targets">Resolved nodes; empty when the tool has no target parameter.</param>
public sealed record ToolCall(
    string InvocationId, Principal Principal, Actor Actor, ConversationKey? Conversation, ToolArguments Arguments, IReadOnlyList<NodeInfo> Targets)
{
    /// <summary>When it runs: what the tool itself answered when it was assessed, which is what people approved.</summary>
    public ToolAssessment? Assessment { get; init; }

    /// <summary>When it runs: the approval or the standing grant that allows it; null when none was needed.</summary>
    public string? Approval { get; init; }

    /// <summary>Whether the person wrote or pressed it themselves: it was neither heard nor asked for by a model.</summary>
    public bool Typed { get; init; }
}
