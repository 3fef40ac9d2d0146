using System.Net;
using System.Net.Http.Headers;
using ChatOps.Channels.Slack.Client;
using ChatOps.Messages;

namespace ChatOps.Channels.Slack;

/// <summary>Fetches files that people sent. The bot token goes with the request, so the address must be Slack's; it is asked for anew each time and never kept.</summary>
internal sealed class SlackDownloads(SlackApi api, SlackHttp http, SlackTokens tokens, IEgress egress, SlackOptions options)
{
    private const int ChunkSize = 64 * 1024;

    public async Task<FileFetch> FetchAsync(InboundFile file, Stream into, long maxBytes, CancellationToken cancellationToken)
    {
        if (!SlackIds.IsId(file.Reference)) return new FileFetch(FileFetchStatus.Gone, "This is not a file of Slack.");
        var asked = await api.FilesInfoAsync(file.Reference, cancellationToken);
        if (asked.Error is "file_not_found" or "file_deleted") return new FileFetch(FileFetchStatus.Gone, "Slack no longer has the file.");
        if (!asked.Ok) return new FileFetch(FileFetchStatus.Failed, asked.Error == "missing_scope" ? "The bot lacks the scope files:read." : "Slack does not tell where the file is now.");
        if (asked.Payload.At("file").Number("size") > maxBytes) return TooLarge(maxBytes);
        var text = asked.Text("file", "url_private_download") is { Length: > 0 } download ? download : asked.Text("file", "url_private");
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || !egress.Allows(address, SlackHosts.All, options.Root))
            return new FileFetch(FileFetchStatus.Failed, "The file is kept at an address that the gateway may not follow.");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(SlackHttp.TransferTimeout);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens.Bot.Current());
            using var answer = await http.DownloadAsync(request, limit.Token);
            if (answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone) return new FileFetch(FileFetchStatus.Gone, "Slack no longer has the file.");
            // Without the scope Slack answers with its sign-in page, and says 200 or redirects.
            var isPage = answer.Content.Headers.ContentType?.MediaType == "text/html" && file.MediaType != "text/html";
            if (answer.StatusCode != HttpStatusCode.OK || isPage) return new FileFetch(FileFetchStatus.Failed, "Slack does not give the file to the bot. It needs the scope files:read.");
            if (answer.Content.Headers.ContentLength > maxBytes) return TooLarge(maxBytes);
            return await CopyAsync(answer, into, maxBytes, limit.Token);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or ChannelFatalException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new FileFetch(FileFetchStatus.Failed, "The file could not be fetched from Slack.");
        }
    }

    private static async Task<FileFetch> CopyAsync(HttpResponseMessage answer, Stream into, long maxBytes, CancellationToken cancellationToken)
    {
        await using var from = await answer.Content.ReadAsStreamAsync(cancellationToken);
        var chunk = new byte[ChunkSize];
        for (long total = 0; ;)
        {
            var read = await from.ReadAsync(chunk, cancellationToken);
            if (read == 0) return FileFetch.Done;
            total += read;
            if (total > maxBytes) return TooLarge(maxBytes);
            await into.WriteAsync(chunk.AsMemory(0, read), cancellationToken);
        }
    }

    private static FileFetch TooLarge(long maxBytes) => new(FileFetchStatus.TooLarge, $"The file is larger than {ChatOps.Rendering.PlainMessage.Size(maxBytes)}.");
}
