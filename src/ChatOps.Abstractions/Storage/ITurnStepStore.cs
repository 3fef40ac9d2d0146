namespace ChatOps.Storage;

/// <summary>The steps of turns that a model leads. They are kept as long as the message that they answer.</summary>
public interface ITurnStepStore
{
    /// <summary>Adds a step; false when the turn has one with this number. The turn is then making progress: its attempts are counted anew.</summary>
    bool Add(TurnStep step);

    /// <summary>The steps of the turn on a message, in order.</summary>
    IReadOnlyList<TurnStep> Of(string inboxId);

    /// <summary>Whether the turn on a message has any.</summary>
    bool Any(string inboxId);
}
