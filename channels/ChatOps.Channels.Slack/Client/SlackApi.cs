using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ChatOps.Tools;

namespace ChatOps.Channels.Slack.Client;

/// <summary>
/// Slack's Web API: the methods that the channel uses, no more. A bucket that Slack has closed is not called before its time. Methods that take only forms get forms,
/// as Slack's reference has it.
/// </summary>
internal sealed class SlackApi(SlackHttp http, SlackTokens tokens, SlackDeadlines deadlines, SlackHealth health, SlackOptions options)
{
    private static readonly MediaTypeHeaderValue JsonType = new("application/json", "utf-8");

    public Task<SlackReply> AuthTestAsync(CancellationToken cancellationToken) => JsonAsync("auth.test", [], cancellationToken);

    /// <summary>Asks for a socket's address, which can be used once.</summary>
    public Task<SlackReply> ConnectionsOpenAsync(CancellationToken cancellationToken) => SendAsync("apps.connections.open", tokens.App, null, "apps.connections.open", cancellationToken);

    public Task<SlackReply> PostAsync(string channel, string thread, SlackMessage message, CancellationToken cancellationToken) =>
        JsonAsync("chat.postMessage", Threaded(Message(channel, message), thread), cancellationToken, channel);

    public Task<SlackReply> PostEphemeralAsync(string channel, string thread, string user, SlackMessage message, CancellationToken cancellationToken)
    {
        var arguments = Threaded(new JsonObject { ["channel"] = channel, ["text"] = message.Text, ["blocks"] = message.Blocks.DeepClone() }, thread);
        arguments["user"] = user;
        return JsonAsync("chat.postEphemeral", arguments, cancellationToken, channel);
    }

    public Task<SlackReply> UpdateAsync(string channel, string ts, SlackMessage message, CancellationToken cancellationToken) =>
        JsonAsync("chat.update", new JsonObject { ["channel"] = channel, ["ts"] = ts, ["text"] = message.Text, ["blocks"] = message.Blocks.DeepClone() }, cancellationToken);

    public Task<SlackReply> DeleteAsync(string channel, string ts, CancellationToken cancellationToken) =>
        JsonAsync("chat.delete", new JsonObject { ["channel"] = channel, ["ts"] = ts }, cancellationToken);

    public Task<SlackReply> ViewsOpenAsync(string trigger, JsonObject view, CancellationToken cancellationToken) =>
        JsonAsync("views.open", new JsonObject { ["trigger_id"] = trigger, ["view"] = view }, cancellationToken);

    /// <summary>The direct conversation with a person.</summary>
    public Task<SlackReply> ConversationsOpenAsync(string user, CancellationToken cancellationToken) =>
        JsonAsync("conversations.open", new JsonObject { ["users"] = user }, cancellationToken);

    public Task<SlackReply> ConversationsInfoAsync(string channel, CancellationToken cancellationToken) => FormAsync("conversations.info", [new("channel", channel)], cancellationToken);

    public Task<SlackReply> UsersInfoAsync(string user, CancellationToken cancellationToken) => FormAsync("users.info", [new("user", user)], cancellationToken);

    public Task<SlackReply> FilesInfoAsync(string file, CancellationToken cancellationToken) => FormAsync("files.info", [new("file", file)], cancellationToken);

    public Task<SlackReply> FilesDeleteAsync(string file, CancellationToken cancellationToken) => JsonAsync("files.delete", new JsonObject { ["file"] = file }, cancellationToken);

    /// <summary>Step one of an upload.</summary>
    public Task<SlackReply> GetUploadUrlAsync(string name, long length, CancellationToken cancellationToken) => FormAsync("files.getUploadURLExternal",
        [new("filename", name), new("length", length.ToString(CultureInfo.InvariantCulture))], cancellationToken);

    /// <summary>Step three: shows the uploaded file.</summary>
    public Task<SlackReply> CompleteUploadAsync(string file, string title, string channel, string thread, CancellationToken cancellationToken)
    {
        var arguments = new JsonObject { ["files"] = new JsonArray(new JsonObject { ["id"] = file, ["title"] = title }), ["channel_id"] = channel };
        return JsonAsync("files.completeUploadExternal", Threaded(arguments, thread), cancellationToken);
    }

    private static JsonObject Message(string channel, SlackMessage message) => new()
    {
        ["channel"] = channel,
        ["text"] = message.Text,
        ["blocks"] = message.Blocks.DeepClone(),
        ["unfurl_links"] = false,
        ["unfurl_media"] = false,
    };

    private static JsonObject Threaded(JsonObject arguments, string thread)
    {
        if (thread.Length > 0) arguments["thread_ts"] = thread;
        return arguments;
    }

    private Task<SlackReply> JsonAsync(string method, JsonObject arguments, CancellationToken cancellationToken, string? channel = null)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(arguments.ToJsonString(Json.Options)));
        content.Headers.ContentType = JsonType;
        return SendAsync(method, tokens.Bot, content, channel is null ? method : $"{method} {channel}", cancellationToken);
    }

    private Task<SlackReply> FormAsync(string method, IReadOnlyList<KeyValuePair<string, string>> arguments, CancellationToken cancellationToken) =>
        SendAsync(method, tokens.Bot, new FormUrlEncodedContent(arguments), method, cancellationToken);

    private async Task<SlackReply> SendAsync(string method, ChannelSecret token, HttpContent? content, string bucket, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(options.Root, method)) { Content = content ?? new FormUrlEncodedContent([]) };
        if (deadlines.Wait(bucket) is { } wait) return new SlackReply(SlackReplyStatus.Limited, "ratelimited", wait);
        if (!TryAuthorize(request, token, out var problem)) return problem;
        var reply = await http.CallAsync(request, SlackHttp.CallTimeout, cancellationToken);
        if (reply.RetryAfter is { } after) deadlines.Close(bucket, after);
        health.Called(method, reply);
        return reply;
    }

    private static bool TryAuthorize(HttpRequestMessage request, ChannelSecret token, out SlackReply problem)
    {
        problem = new SlackReply(SlackReplyStatus.Refused, "invalid_auth");
        try
        {
            // A token with a line break in it would be quoted by the exception that refuses it.
            var value = token.Current();
            if (value.Any(c => c is <= ' ' or > '~')) return false;
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", value);
            return true;
        }
        catch (ChannelFatalException)
        {
            return false;
        }
    }
}
