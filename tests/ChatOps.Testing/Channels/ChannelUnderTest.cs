using ChatOps.Channels;
using ChatOps.Messages;

namespace ChatOps.Testing.Channels;

/// <summary>A channel together with a stand-in for its platform, as <see cref="ChannelConformance"/> drives them. Made around the inbox that the suite gives.</summary>
public abstract class ChannelUnderTest : IAsyncDisposable
{
    /// <summary>The adapter.</summary>
    public abstract IChannel Channel { get; }

    /// <summary>The platform delivers an event once and waits for the answer.</summary>
    public abstract Task<PlatformAnswer> DeliverAsync(PlatformEvent happened);

    /// <summary>What a person sees in a chat now, oldest first.</summary>
    public abstract Task<IReadOnlyList<SeenMessage>> SeenAsync(string chat);

    /// <summary>The store has a message's newest content, as it always has before a channel sends it.</summary>
    public virtual void Stored(OutboundMessage message)
    {
    }

    /// <summary>The connection between platform and adapter breaks, and comes back.</summary>
    public abstract Task ReconnectAsync();

    /// <summary>Whoever reads on the platform's side stops reading, until <see cref="ReconnectAsync"/>.</summary>
    public abstract Task StopReadingAsync();

    /// <summary>The platform answers the next send with "too many requests", to be tried after a time; false where the platform limits nothing.</summary>
    public abstract bool Limit(TimeSpan retryAfter);

    /// <summary>The platform does the next send, and its answer is lost however often the adapter asks; false where nothing can be lost on the way.</summary>
    public abstract bool LoseAnswer();

    /// <summary>A person sends a file without a word; null where the platform has none.</summary>
    public abstract Task<PlatformAnswer?> DeliverFileAsync(string id, string chat, string user, string name, byte[] content);

    /// <summary>A person speaks to the bot in a thread that belongs to a chat; null where the platform has none.</summary>
    public abstract Task<PlatformAnswer?> DeliverInThreadAsync(PlatformEvent happened);

    /// <summary>What a person sees in the thread of a conversation now, oldest first.</summary>
    public abstract Task<IReadOnlyList<SeenMessage>> SeenInThreadAsync(ConversationKey conversation);

    /// <summary>What the platform suffered from in silence, such as a call before the time that it had named.</summary>
    public virtual IReadOnlyList<string> Violations => [];

    public abstract ValueTask DisposeAsync();

    /// <summary>The platform's id of what the suite calls <c>c1</c> (a chat) or <c>u1</c> (a person), where the platform gives ids of its own.</summary>
    public virtual string IdOf(string name) => name;

    /// <summary>The conversation of a chat.</summary>
    public ConversationKey Conversation(string chat) => new(Channel.Name, IdOf(chat));
}
