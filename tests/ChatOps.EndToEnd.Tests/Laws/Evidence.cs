using System.Text.Json.Nodes;
using ChatOps.EndToEnd.Crashes;

namespace ChatOps.EndToEnd.Laws;

/// <summary>What is left after a run, from all who wrote something down: people, the store of either kind, the record, the platforms, the nodes, and whatever the commands did.</summary>
internal sealed record Evidence
{
    /// <summary>What people said, in order in each conversation.</summary>
    public required IReadOnlyList<Said> Said { get; init; }

    public required IReadOnlyList<Row> Inbox { get; init; }

    public required IReadOnlyList<Row> Messages { get; init; }

    public required IReadOnlyList<Row> Outbox { get; init; }

    public required IReadOnlyList<Row> Invocations { get; init; }

    public required IReadOnlyList<Row> Approvals { get; init; }

    public required IReadOnlyList<Row> Votes { get; init; }

    public required IReadOnlyList<Row> Grants { get; init; }

    public required IReadOnlyList<Row> Ticks { get; init; }

    /// <summary>The audit record, in order.</summary>
    public required IReadOnlyList<JsonNode> Audit { get; init; }

    /// <summary>What <c>chatops audit verify</c> said; null when the record is intact.</summary>
    public required string? Broken { get; init; }

    /// <summary>Where something happened, and the id of the message that asked for it; as often as it happened.</summary>
    public IReadOnlyList<(string Node, string Id)> Effects { get; init; } = [];

    /// <summary>Which execution a node has in its own register.</summary>
    public IReadOnlyList<(string Node, string Execution)> Executions { get; init; } = [];

    /// <summary>What people see on the platforms: by platform and conversation, in order.</summary>
    public IReadOnlyList<(string Conversation, string Text)> Posts { get; init; } = [];

    /// <summary>Everything that text ended in, by name.</summary>
    public IReadOnlyList<(string Name, string Text)> Sinks { get; init; } = [];

    /// <summary>What must be in none of them.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>How often something was killed, stopped or cut.</summary>
    public int Faults { get; init; }

    /// <summary>Records about one invocation, of one kind.</summary>
    public IReadOnlyList<JsonNode> About(string? invocation, string kind) => [.. OfInvocation[invocation ?? ""].Where(r => (string?)r["kind"] == kind)];

    /// <summary>What was answered to a message, in order.</summary>
    public IEnumerable<Row> Answers(Said said) => OfMessage[said.InboxId ?? ""];

    private ILookup<string, JsonNode> OfInvocation => field ??= Audit.ToLookup(r => (string?)r["invocation"] ?? "");

    private ILookup<string, Row> OfMessage => field ??= Messages.ToLookup(m => m["inbox_id"] ?? "");
}
