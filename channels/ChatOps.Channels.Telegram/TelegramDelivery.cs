using System.Text;
using ChatOps.Channels.Telegram.Client;
using ChatOps.Tools;

namespace ChatOps.Channels.Telegram;

/// <summary>
/// One message on its way: what is there already is edited where it differs, what is missing is sent, what is too much is deleted. It stops at the first failure and says what did arrive.
/// </summary>
internal sealed class TelegramDelivery(
    TelegramClient client, TelegramChats chats, TelegramPace pace, TelegramShown shown, IOutputFiles files, TelegramOptions options, OutboundMessage message)
{
    /// <summary>How long what cannot be sent for want of a token waits.</summary>
    public static readonly TimeSpan FatalPause = TimeSpan.FromSeconds(30);

    private const long MaxUpload = 50L * 1000 * 1000;
    private const long MaxLocalUpload = 2000L * 1000 * 1000;
    private const long MaxPhoto = 10L * 1000 * 1000;

    private static readonly string[] PhotoEndings = [".png", ".jpg", ".jpeg"];

    private readonly List<long> words = [.. TelegramPlatformId.Read(message.PlatformId).Words];
    private readonly List<(long Id, string Fingerprint)> attachments = [.. TelegramPlatformId.Read(message.PlatformId).Files];
    private int moves;

    /// <summary>Where, as Telegram knows it now.</summary>
    public required long Chat { get; set; }

    /// <summary>The topic; null for none.</summary>
    public required long? Topic { get; set; }

    /// <summary>Largest file.</summary>
    public long MaxFile => options.IsLocal ? MaxLocalUpload : MaxUpload;

    private string? Arrived => new TelegramPlatformId(words, attachments).Encoded;

    /// <summary>Brings all parts there.</summary>
    public async Task<SendResult> RunAsync(IReadOnlyList<TelegramPart> parts, CancellationToken cancellationToken)
    {
        var texts = parts.OfType<TelegramPart.Words>().ToList();
        var its = parts.OfType<TelegramPart.Attachment>().ToList();
        for (var i = 0; i < texts.Count; i++)
        {
            if (await WordsAsync(i, texts[i], cancellationToken) is not { } failure) continue;
            if (await MoveAsync(failure, cancellationToken)) i = -1;
            else return Failure(failure, pace, Chat, Arrived);
        }

        for (var i = 0; i < its.Count; i++)
        {
            if (await AttachmentAsync(i, its[i], cancellationToken) is not { } failure) continue;
            if (await MoveAsync(failure, cancellationToken)) i--;
            else return Failure(failure, pace, Chat, Arrived);
        }

        return await TrimAsync(texts.Count, its.Count, cancellationToken) is { } left ? Failure(left, pace, Chat, Arrived) : new(SendStatus.Sent, Arrived);
    }

    /// <summary>The edit of a text.</summary>
    public static TgRequest Edit(long chat, long id, TelegramPart.Words text) => new()
    {
        ChatId = chat, MessageId = id, Text = text.Html, ParseMode = "HTML", LinkPreviewOptions = new TgLinkPreview { IsDisabled = true }, ReplyMarkup = text.Keyboard,
    };

    /// <summary>What a failed call means for delivery.</summary>
    public static SendResult Failure<T>(TgAnswer<T> answer, TelegramPace pace, long chat, string? arrived)
    {
        if (answer.IsTooFast) return new(SendStatus.Retry, arrived, pace.Pause(chat, answer.RetryAfter), "Telegram asked for a pause.");
        if (answer.IsBadToken) return new(SendStatus.Retry, arrived, FatalPause, "Telegram does not accept the bot's token.");
        return answer switch
        {
            { Outcome: TgOutcome.NotSent } or { IsTheirFault: true } => new(SendStatus.Retry, arrived, null, answer.Reason),
            { Outcome: TgOutcome.Ambiguous } => new(SendStatus.Ambiguous, arrived, null, answer.Reason) { SaidFailed = answer.Code >= 500 },
            { Code: 403 } => new(SendStatus.Rejected, arrived, null, $"The bot may not write there: it was blocked, removed, or has not been started. Telegram says: {answer.Reason}"),
            _ => new(SendStatus.Rejected, arrived, null, $"Telegram refused it: {answer.Reason}"),
        };
    }

    private async Task<TgAnswer<bool>?> WordsAsync(int index, TelegramPart.Words text, CancellationToken cancellationToken)
    {
        if (index < words.Count)
        {
            var id = words[index];
            using var entered = await shown.EnterAsync(Chat, id, cancellationToken);
            if (shown.Is(Chat, id, text.Html, text.Keyboard)) return null;
            var edited = await client.EditTextAsync(Edit(Chat, id, text), cancellationToken);
            if (edited.IsOk || edited.IsNotModified)
            {
                shown.Note(Chat, id, text.Html, text.Keyboard);
                return null;
            }

            shown.Forget(Chat, id);
            // Deleted by somebody, or too old: what it says now must be learned all the same.
            if (!edited.IsMessageGone) return edited.As(false);
        }

        var sent = await client.SendMessageAsync(new TgRequest
        {
            ChatId = Chat,
            MessageThreadId = Topic,
            Text = text.Html,
            ParseMode = "HTML",
            LinkPreviewOptions = new TgLinkPreview { IsDisabled = true },
            ReplyParameters = index == 0 ? Answers() : null,
            ReplyMarkup = text.Keyboard,
        }, cancellationToken);
        if (sent.Result is not { } there) return sent.As(false);
        shown.Note(Chat, there.MessageId, text.Html, text.Keyboard);
        if (index < words.Count) words[index] = there.MessageId;
        else words.Add(there.MessageId);
        return null;
    }

    private async Task<TgAnswer<bool>?> AttachmentAsync(int index, TelegramPart.Attachment file, CancellationToken cancellationToken)
    {
        if (index < attachments.Count)
        {
            if (attachments[index].Fingerprint == file.Fingerprint) return null;
            // A file cannot become another one: the old one goes, and the new one comes.
            var old = await client.DeleteMessagesAsync(Chat, [attachments[index].Id], cancellationToken);
            if (!old.IsOk && !old.IsMessageGone) return old;
        }

        var sent = await UploadAsync(file, cancellationToken);
        if (sent.Result is not { } there) return sent.As(false);
        if (index < attachments.Count) attachments[index] = (there.MessageId, file.Fingerprint);
        else attachments.Add((there.MessageId, file.Fingerprint));
        return null;
    }

    private async Task<TgAnswer<TgMessage>> UploadAsync(TelegramPart.Attachment file, CancellationToken cancellationToken)
    {
        var request = new TgRequest { ChatId = Chat, MessageThreadId = Topic, ParseMode = "HTML" };
        await using var content = Open(file);
        if (content is null)
        {
            var gone = TelegramHtml.Of([TelegramLines.Words($"📎 {file.Name} is no longer kept on the gateway.")]);
            return await client.SendMessageAsync(request with { Text = gone }, cancellationToken);
        }

        if (await IsPhotoAsync(file.Name, content, cancellationToken))
        {
            var photo = await client.SendFileAsync(request, file.Caption, new TgUpload(file.Name, new Unclosed(content), AsPhoto: true), cancellationToken);
            // What is no picture that Telegram can show is still a file.
            if (photo is not { Outcome: TgOutcome.Refused, Code: 400, MigratedTo: null, IsTopicGone: false }) return photo;
            content.Position = 0;
        }

        return await client.SendFileAsync(request, file.Caption, new TgUpload(file.Name, new Unclosed(content)), cancellationToken);
    }

    // Telegram makes a photo smaller than its sender did, and refuses one of an odd form: what it would refuse goes as the file that it is, at once.
    private static async Task<bool> IsPhotoAsync(string name, Stream content, CancellationToken cancellationToken) =>
        PhotoEndings.Any(e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase)) && content is { CanSeek: true, Length: <= MaxPhoto }
        && await PictureSize.ReadAsync(content, cancellationToken) is { CanBePhoto: true };

    private Stream? Open(TelegramPart.Attachment file) => file.FileId is { } id ? files.Open(id) : new MemoryStream(Encoding.UTF8.GetBytes(file.Text ?? ""));

    private async Task<TgAnswer<bool>?> TrimAsync(int texts, int its, CancellationToken cancellationToken)
    {
        var surplus = words.Skip(texts).Concat(attachments.Skip(its).Select(a => a.Id)).ToList();
        if (surplus.Count == 0) return null;
        var deleted = await client.DeleteMessagesAsync(Chat, surplus, cancellationToken);
        if (!deleted.IsOk && !deleted.IsMessageGone) return deleted;
        words.RemoveRange(Math.Min(texts, words.Count), Math.Max(0, words.Count - texts));
        attachments.RemoveRange(Math.Min(its, attachments.Count), Math.Max(0, attachments.Count - its));
        return null;
    }

    // The chat has another id, or the topic is gone: the same in the nearest place that there is.
    private async Task<bool> MoveAsync(TgAnswer<bool> failure, CancellationToken cancellationToken)
    {
        if (moves++ >= MaxMoves) return false;
        if (failure.MigratedTo is { } to)
        {
            await chats.MigrateAsync(Chat, to, cancellationToken);
            Chat = to;
            // The old group's messages cannot be reached from the new one.
            words.Clear();
            attachments.Clear();
            return true;
        }

        if (!failure.IsTopicGone || Topic is null) return false;
        Topic = null;
        return true;
    }

    private const int MaxMoves = 3;

    // The message of the person that it answers, else the one that its chain hangs from.
    private TgReplyParameters? Answers()
    {
        if (Chat >= 0 || moves > 0) return null;
        var answered = long.TryParse(message.Anchor, System.Globalization.CultureInfo.InvariantCulture, out var anchor) ? anchor : TelegramPlace.Of(message.Conversation)?.Root;
        return answered is { } id ? new TgReplyParameters { MessageId = id, AllowSendingWithoutReply = true } : null;
    }
}
