using System.Net.Http.Headers;
using System.Text;
using ChatOps.Channels.Slack.Client;
using ChatOps.Channels.Slack.Rendering;
using ChatOps.Messages;
using ChatOps.Tools;

namespace ChatOps.Channels.Slack;

/// <summary>Files by Slack's three steps. A crash between them leaves an upload that nobody sees, so beginning again is safe until the last step.</summary>
internal sealed class SlackUploads(SlackApi api, SlackHttp http, IOutputFiles outputs, IEgress egress, SlackOptions options)
{
    private static readonly MediaTypeHeaderValue Bytes = new("application/octet-stream");

    /// <summary>Brings the files that are there to those that should be; null when they are.</summary>
    public async Task<SendResult?> UpsertAsync(ConversationKey conversation, IReadOnlyList<SlackAttachment> wanted, SlackSends sends, CancellationToken cancellationToken)
    {
        foreach (var file in wanted)
        {
            if (sends.Files.Any(f => f.Key == file.Key)) continue;
            if (await UploadAsync(conversation, file, sends, cancellationToken) is { } failure) return failure;
        }

        return await RemoveAsync(key => wanted.All(f => f.Key != key), sends, cancellationToken);
    }

    /// <summary>Deletes files; null when they are gone.</summary>
    public async Task<SendResult?> RemoveAsync(Func<string, bool> surplus, SlackSends sends, CancellationToken cancellationToken)
    {
        foreach (var file in sends.Files.Where(f => surplus(f.Key)).ToList())
        {
            var reply = await api.FilesDeleteAsync(file.Id, cancellationToken);
            if (!reply.Ok && reply.Error is not ("file_not_found" or "file_deleted")) return sends.Failed(reply, repeatable: true);
            sends.Files.Remove(file);
        }

        return null;
    }

    private async Task<SendResult?> UploadAsync(ConversationKey conversation, SlackAttachment file, SlackSends sends, CancellationToken cancellationToken)
    {
        await using var content = Open(file);
        // The whole output was pruned meanwhile; the message itself says what is worth knowing.
        if (content is null || content.Length == 0) return null;
        var asked = await api.GetUploadUrlAsync(file.Name, content.Length, cancellationToken);
        if (!asked.Ok) return sends.Failed(asked, repeatable: true);
        if (!Uri.TryCreate(asked.Text("upload_url"), UriKind.Absolute, out var address) || !egress.Allows(address, SlackHosts.All, options.Root))
            return new SendResult(SendStatus.Rejected, new SlackParts(sends.Messages, sends.Files).Id, null, "Slack handed out an address for the upload that may not be followed.");
        using var body = new StreamContent(content);
        body.Headers.ContentType = Bytes;
        body.Headers.ContentLength = content.Length;
        var sent = await http.UploadAsync(address, body, cancellationToken);
        if (!sent.Ok) return sends.Failed(sent, repeatable: true);
        var shown = await api.CompleteUploadAsync(asked.Text("file_id"), file.Name, conversation.Chat, conversation.Thread, cancellationToken);
        if (!shown.Ok) return sends.Failed(shown, repeatable: false);
        sends.Files.Add((file.Key, asked.Text("file_id")));
        return null;
    }

    private Stream? Open(SlackAttachment file) => file.FileId is { } kept ? outputs.Open(kept) : new MemoryStream(Encoding.UTF8.GetBytes(file.Content!), writable: false);
}
