using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ChatOps.Tools;

namespace ChatOps.Channels.Discord;

/// <summary>
/// Posts and edits single Discord messages. A post carries a nonce that Discord enforces, so that one whose end is not known is tried again here without coming twice. Discord
/// remembers a nonce for a few minutes only: that is why the channel does not claim idempotent sends, and why nobody else repeats them.
/// </summary>
internal sealed class DiscordPoster(DiscordRest rest, IOutputFiles files, TimeProvider time)
{
    /// <summary>How often an unknown end is looked into. With the pauses and the time for answers well within Discord's memory for nonces.</summary>
    public const int Tries = 3;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);

    /// <summary>Posts a page.</summary>
    public async Task<RestReply> PostAsync(Target target, DiscordPage page, string nonce, CancellationToken cancellationToken)
    {
        var payload = DiscordOutbound.Payload(page) with
        {
            Nonce = nonce,
            EnforceNonce = true,
            MessageReference = target.Answers is { } answers ? new MessageReference(answers, FailIfNotExists: false) : null,
        };
        var uploads = Uploads(page);
        var uncertain = (RestReply?)null;
        for (var attempt = 1; ; attempt++)
        {
            var reply = await rest.SendMessageAsync(target.Channel, payload, uploads, cancellationToken);
            if (reply.Status is RestStatus.Ok or RestStatus.Refused or RestStatus.TokenRejected) return reply;
            if (reply.Status == RestStatus.Ambiguous) uncertain = reply;
            // Nothing of it left so far: the caller's to plan. Once something may have arrived, it is settled here.
            if (uncertain is null || attempt == Tries) return uncertain ?? reply;
            await Task.Delay(reply.RetryAfter > FirstPause ? reply.RetryAfter : FirstPause * attempt, time, cancellationToken);
        }
    }

    /// <summary>Replaces a message's content.</summary>
    public Task<RestReply> EditAsync(MessagePart part, DiscordPage page, bool passing, CancellationToken cancellationToken) =>
        rest.EditMessageAsync(part.Channel, part.Message, DiscordOutbound.Payload(page), Uploads(page), passing, cancellationToken);

    /// <summary>Fills in a deferred answer.</summary>
    public Task<RestReply> FillAsync(InteractionHandle handle, DiscordPage page, CancellationToken cancellationToken) =>
        rest.EditAnswerAsync(handle.Application, handle.Token, DiscordOutbound.Payload(page), Uploads(page), cancellationToken);

    /// <summary>The nonce of a delivery step's page: the same at each try, another for everything else.</summary>
    public static string Nonce(string outboxId, int page) => Convert.ToBase64String(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{outboxId}/{page}"))))[..DiscordLimits.Nonce].Replace('+', '-').Replace('/', '_');

    private List<Upload> Uploads(DiscordPage page) => page.Files.Select(f => new Upload(f.Name, () => f.Text is { } text ? new MemoryStream(Encoding.UTF8.GetBytes(text)) : Kept(f), f.Bytes)).ToList();

    private Stream Kept(DiscordFile file) => files.Open(file.FileId!) ?? new MemoryStream("This file is no longer kept on the gateway."u8.ToArray());
}
