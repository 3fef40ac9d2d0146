using ChatOps.Costs;

namespace ChatOps.Messages;

/// <summary>What a platform tells about a message besides its text. Kept with it in the store.</summary>
public sealed record InboundContext
{
    /// <summary>Most files that one message may bring.</summary>
    public const int MaxFiles = 10;

    /// <summary>Longest group name, anchor, file reference and file name, in UTF-16 code units.</summary>
    public const int MaxTextLength = 512;

    /// <summary>Nothing besides the text.</summary>
    public static readonly InboundContext None = new();

    /// <summary>The name of the group that it was said in, for people; null in a direct message. Groups are admitted apart from people.</summary>
    public string? Group { get; init; }

    /// <summary>The platform's id of the person's message, for replies and threads; null when there is none (a slash command, a button).</summary>
    public string? Anchor { get; init; }

    /// <summary>Files that came with it.</summary>
    public IReadOnlyList<InboundFile> Files { get; init; } = [];

    /// <summary>What the gateway heard in a voice note among the files; null until then. Never set by a channel.</summary>
    public Heard? Heard { get; init; }

    /// <summary>The inbox ids of later messages that the same turn answers too; empty for most. Never set by a channel.</summary>
    public IReadOnlyList<string> Joined { get; init; } = [];

    /// <summary>Why the turn that answers it lies still at a budget; null for most. Never set by a channel.</summary>
    public BudgetPause? Pause { get; init; }

    /// <summary>The gateway's message below which the turn goes on, when it had lain still; null for most. Never set by a channel.</summary>
    public string? Below { get; init; }

    /// <summary>The span of its acceptance as W3C's <c>traceparent</c>, so that whoever goes on with it writes into the same trace; null where nobody traces. Never set by a channel.</summary>
    public string? Trace { get; init; }

    /// <summary>The schedule that asks in its owner's name; null when a person wrote. Never set by a channel.</summary>
    public string? Schedule { get; init; }

    /// <summary>
    /// Whether nobody sees it or the work on it: it is answered in the form of <see cref="ChatOps.Schedules.QuietAnswer"/>, and only what that asks to say is said. Never set by a channel.
    /// </summary>
    public bool Quiet { get; init; }

    /// <summary>The finding that is looked into; null when it is none. Never set by a channel.</summary>
    public string? Finding { get; init; }

    /// <summary>The tenant (workspace or bot) that the conversation belongs to; empty where the channel has one.</summary>
    public string Tenant { get; init; } = "";
}
