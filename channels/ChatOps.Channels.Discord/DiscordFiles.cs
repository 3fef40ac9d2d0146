using System.Net;
using ChatOps.Messages;

namespace ChatOps.Channels.Discord;

/// <summary>Fetches attachments. Their addresses are signed and expire, so the message is read again for a fresh one, and only Discord's own hosts are asked.</summary>
internal sealed class DiscordFiles(DiscordRest rest, HttpMessageInvoker http, IEgress egress, DiscordOptions options, TimeProvider time)
{
    /// <summary>Longest download.</summary>
    public static readonly TimeSpan DownloadTimeout = TimeSpan.FromMinutes(2);

    private const int BufferBytes = 64 * 1024;
    private static readonly string[] Hosts = ["discordapp.com", "discordapp.net", "discord.com"];
    private static readonly FileFetch Gone = new(FileFetchStatus.Gone, "Discord no longer has this file.");
    private static readonly FileFetch TooLarge = new(FileFetchStatus.TooLarge, "The file is too large.");

    /// <summary>Fetches one.</summary>
    public async Task<FileFetch> FetchAsync(InboundFile file, Stream into, long maxBytes, CancellationToken cancellationToken)
    {
        if (file.Reference.Split('/') is not [var channel, var message, var id]) return Gone;
        if (file.Bytes > maxBytes) return TooLarge;
        var reply = await rest.MessageAsync(channel, message, cancellationToken);
        if (reply.Code is RestCode.UnknownMessage or RestCode.UnknownChannel) return Gone;
        if (!reply.IsOk) return new FileFetch(FileFetchStatus.Failed, reply.Reason);
        if (reply.Read<DiscordMessage>()?.Attachments?.FirstOrDefault(a => a.Id == id) is not { } attachment)
            return new FileFetch(FileFetchStatus.Gone, "The file is no longer attached, or the bot may not see it: without Message Content Intent it sees only files of messages that mention it.");
        if (attachment.Size > maxBytes) return TooLarge;
        if (!Uri.TryCreate(attachment.Url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || !egress.Allows(address, Hosts, options.Root))
            return new FileFetch(FileFetchStatus.Failed, "Discord named an address for the file that may not be followed; allow its host in Egress:Allow.");
        return await DownloadAsync(address, into, maxBytes, cancellationToken);
    }

    private async Task<FileFetch> DownloadAsync(Uri address, Stream into, long maxBytes, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(DownloadTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        // The address is its own key: no token goes there.
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        try
        {
            using var answer = await http.SendAsync(request, either.Token);
            if (answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone or HttpStatusCode.Forbidden) return Gone;
            if (!answer.IsSuccessStatusCode) return new FileFetch(FileFetchStatus.Failed, $"Discord's file server answered {(int)answer.StatusCode}.");
            if (answer.Content.Headers.ContentLength > maxBytes) return TooLarge;
            var from = await answer.Content.ReadAsStreamAsync(either.Token);
            var buffer = new byte[BufferBytes];
            for (var total = 0L; await from.ReadAsync(buffer, either.Token) is > 0 and var read;)
            {
                total += read;
                if (total > maxBytes) return TooLarge;
                await into.WriteAsync(buffer.AsMemory(0, read), either.Token);
            }

            return FileFetch.Done;
        }
        catch (Exception error) when (error is HttpRequestException or IOException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new FileFetch(FileFetchStatus.Failed, "The file could not be fetched from Discord; try again.");
        }
    }
}
