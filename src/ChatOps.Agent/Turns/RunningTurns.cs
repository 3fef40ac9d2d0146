using System.Collections.Concurrent;

namespace ChatOps.Agent.Turns;

/// <summary>The turns that run in this process, at most one a conversation.</summary>
internal sealed class RunningTurns
{
    private readonly ConcurrentDictionary<string, RunningTurn> turns = new(StringComparer.Ordinal);

    /// <summary>All of them now.</summary>
    public IReadOnlyCollection<RunningTurn> All => [.. turns.Values];

    /// <summary>The one of a conversation.</summary>
    public RunningTurn? In(string conversationId) => turns.GetValueOrDefault(conversationId);

    /// <summary>Enters one.</summary>
    public void Add(RunningTurn turn) => turns[turn.Turn.Item.ConversationId] = turn;

    /// <summary>Takes it out.</summary>
    public void Remove(RunningTurn turn) => turns.TryRemove(KeyValuePair.Create(turn.Turn.Item.ConversationId, turn));
}
