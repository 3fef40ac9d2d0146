using ChatOps.Messages;

namespace ChatOps.Tools;

/// <summary>Where a running tool shows what it does. Calls are cheap and may come at any rate; they are coalesced and redacted on the way.</summary>
public interface IToolProgress
{
    /// <summary>A piece of output of a node.</summary>
    void Output(string node, string text);

    /// <summary>A bar.</summary>
    void Report(string label, long done, long? total);

    /// <summary>The whole live picture of what runs, in place of bars: each replaces the one before.</summary>
    void Show(RichMessage picture)
    {
    }

    /// <summary>What ran has ended: when this returns nothing that was shown before can come any more. Called before the end is recorded, since another gateway may tell it.</summary>
    Task SettleAsync() => Task.CompletedTask;

    /// <summary>Whether it wants to know each node's end. It has its output with it, which is redacted for whoever asks.</summary>
    bool FollowsNodes => false;

    /// <summary>One node has ended; told only to who <see cref="FollowsNodes"/>.</summary>
    void Ended(NodeEnd end)
    {
    }
}
