using ChatOps.Channels;
using ChatOps.Console.Authentication;
using ChatOps.Messages;
using ChatOps.Secrets;
using ChatOps.Storage;

namespace ChatOps.Console.Chat;

/// <summary>Takes what a person typed or pressed: makes the conversation theirs when it is new, then hands the message to the inbox.</summary>
internal sealed class ChatPosting(IStore store, IWebChat web, IRedactor redactor, TimeProvider time)
{
    private const int MaxClientIdLength = 64;
    private const int MaxTitleLength = 60;

    /// <summary>Null when the conversation is somebody else's.</summary>
    public async Task<ChatPostAnswer?> PostAsync(SignedIn who, ChatAddress address, ChatPost post, CancellationToken cancellationToken)
    {
        if (post.ClientId is not { Length: > 0 and <= MaxClientIdLength } || !post.ClientId.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') || post.Text is null)
            return new ChatPostAnswer(false, null, "The message was not understood. Reload the page and send it again.");
        if (post.Text.Length > InboundMessage.MaxTextLength)
        {
            return new ChatPostAnswer(
                false, null, $"The message has {post.Text.Length:N0} characters; at most {InboundMessage.MaxTextLength:N0} are accepted. Shorten it, or put it in a file.");
        }

        var known = await store.ReadAsync(session => session.Conversations.Find(address.Key.Id), cancellationToken)
            ?? await StartAsync(who, address, post, cancellationToken);
        if (known is null || known.Owner != who.Principal.Id) return null;
        var receipt = await web.AcceptAsync(who.Actor, address.Chat, post.ClientId, post.Kind, post.Text, cancellationToken);
        return new ChatPostAnswer(receipt.Status != InboxStatus.Refused, receipt.InboxId, receipt.Reason);
    }

    private async Task<Conversation?> StartAsync(SignedIn who, ChatAddress address, ChatPost post, CancellationToken cancellationToken)
    {
        if (post.Kind != InboundKind.Text) return null;
        var title = TitleOf(redactor.Neutralise(redactor.Redact(post.Text)));
        return await store.WriteAsync(
            session =>
            {
                if (session.Conversations.Find(address.Key.Id) is null) session.Conversations.Touch(address.Key.Id, who.Principal.Id, title, time.GetUtcNow());
                return session.Conversations.Find(address.Key.Id);
            },
            cancellationToken);
    }

    private static string TitleOf(string text)
    {
        var line = text.Trim().Split('\n', 2)[0].Trim();
        return line.Length switch { 0 => ChatReader.NewTitle, <= MaxTitleLength => line, _ => line[..MaxTitleLength].TrimEnd() + "…" };
    }
}
