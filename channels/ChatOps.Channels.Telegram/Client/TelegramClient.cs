using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ChatOps.Channels.Telegram.Client;

/// <summary>
/// The calls of the Bot API that are used here. Expected failures are values, and nothing that leaves it, an exception included, holds the token.
/// </summary>
internal sealed class TelegramClient : IDisposable
{
    /// <summary>How long a call may take: short enough that a message of some parts ends within delivery's own limit.</summary>
    public static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(12);

    /// <summary>How long an upload may take.</summary>
    public static readonly TimeSpan UploadTimeout = TimeSpan.FromSeconds(28);

    /// <summary>How long a download may take.</summary>
    public static readonly TimeSpan DownloadTimeout = TimeSpan.FromMinutes(2);

    /// <summary>How much longer than asked a long poll may take.</summary>
    public static readonly TimeSpan PollGrace = TimeSpan.FromSeconds(15);

    private const int MaxAnswer = 16 * 1024 * 1024;
    private const int MaxReason = 300;
    private const double MaxRetrySeconds = 24 * 3600;

    private readonly Uri root;
    private readonly Func<string> token;
    private readonly TimeProvider time;
    private readonly HttpClient http;

    /// <summary>Makes one.</summary>
    /// <param name="root">The Bot API's root.</param>
    /// <param name="token">The token now.</param>
    /// <param name="handler">Connects; disposed with the client.</param>
    /// <param name="time">The clock.</param>
    public TelegramClient(Uri root, Func<string> token, SocketsHttpHandler handler, TimeProvider time)
    {
        (this.root, this.token, this.time) = (root, token, time);
        // Without a propagator there are no activities, so no trace can hold an address with the token in it.
        handler.ActivityHeadersPropagator = null;
        handler.AllowAutoRedirect = false;
        handler.UseCookies = false;
        handler.PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30);
        handler.ConnectTimeout = TimeSpan.FromSeconds(10);
        http = new HttpClient(new TokenHandler(root, token, handler)) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public Task<TgAnswer<TgUser>> GetMeAsync(CancellationToken cancellationToken) => CallAsync("getMe", new(), TgJson.Default.TgUser, CallTimeout, cancellationToken);

    public Task<TgAnswer<TgWebhookInfo>> GetWebhookInfoAsync(CancellationToken cancellationToken) =>
        CallAsync("getWebhookInfo", new(), TgJson.Default.TgWebhookInfo, CallTimeout, cancellationToken);

    public Task<TgAnswer<bool>> SetWebhookAsync(TgRequest request, CancellationToken cancellationToken) =>
        CallAsync("setWebhook", request, TgJson.Default.Boolean, CallTimeout, cancellationToken);

    public Task<TgAnswer<bool>> DeleteWebhookAsync(CancellationToken cancellationToken) => CallAsync("deleteWebhook", new(), TgJson.Default.Boolean, CallTimeout, cancellationToken);

    public Task<TgAnswer<bool>> SetCommandsAsync(IReadOnlyList<TgBotCommand> commands, CancellationToken cancellationToken) =>
        CallAsync("setMyCommands", new() { Commands = commands }, TgJson.Default.Boolean, CallTimeout, cancellationToken);

    public Task<TgAnswer<TgMessage>> SendMessageAsync(TgRequest request, CancellationToken cancellationToken) =>
        CallAsync("sendMessage", request, TgJson.Default.TgMessage, CallTimeout, cancellationToken);

    public Task<TgAnswer<JsonElement>> EditTextAsync(TgRequest request, CancellationToken cancellationToken) =>
        CallAsync("editMessageText", request, TgJson.Default.JsonElement, CallTimeout, cancellationToken);

    public Task<TgAnswer<JsonElement>> EditMarkupAsync(TgRequest request, CancellationToken cancellationToken) =>
        CallAsync("editMessageReplyMarkup", request, TgJson.Default.JsonElement, CallTimeout, cancellationToken);

    public Task<TgAnswer<bool>> DeleteMessagesAsync(long chatId, IReadOnlyList<long> messageIds, CancellationToken cancellationToken) =>
        CallAsync("deleteMessages", new() { ChatId = chatId, MessageIds = messageIds }, TgJson.Default.Boolean, CallTimeout, cancellationToken);

    public Task<TgAnswer<bool>> AnswerPressAsync(string id, string? text, bool alert, CancellationToken cancellationToken) =>
        CallAsync("answerCallbackQuery", new() { CallbackQueryId = id, Text = text, ShowAlert = alert ? true : null }, TgJson.Default.Boolean, CallTimeout, cancellationToken);

    public Task<TgAnswer<bool>> SendActionAsync(long chatId, long? threadId, string action, CancellationToken cancellationToken) =>
        CallAsync("sendChatAction", new() { ChatId = chatId, MessageThreadId = threadId, Action = action }, TgJson.Default.Boolean, CallTimeout, cancellationToken);

    public Task<TgAnswer<TgChat>> GetChatAsync(long chatId, CancellationToken cancellationToken) =>
        CallAsync("getChat", new() { ChatId = chatId }, TgJson.Default.TgChat, CallTimeout, cancellationToken);

    public Task<TgAnswer<TgForumTopic>> CreateTopicAsync(long chatId, string name, CancellationToken cancellationToken) =>
        CallAsync("createForumTopic", new() { ChatId = chatId, Name = name }, TgJson.Default.TgForumTopic, CallTimeout, cancellationToken);

    public Task<TgAnswer<TgFileInfo>> GetFileAsync(string fileId, CancellationToken cancellationToken) =>
        CallAsync("getFile", new() { FileId = fileId }, TgJson.Default.TgFileInfo, CallTimeout, cancellationToken);

    /// <summary>Waits for updates; each is read by itself, so that a broken one does not hide the others.</summary>
    public async Task<TgAnswer<IReadOnlyList<TgUpdate?>>> GetUpdatesAsync(TgRequest request, CancellationToken cancellationToken)
    {
        var timeout = TimeSpan.FromSeconds(request.Timeout ?? 0) + PollGrace;
        var answer = await CallAsync("getUpdates", request, TgJson.Default.JsonElement, timeout, cancellationToken);
        if (!answer.IsOk) return answer.As<IReadOnlyList<TgUpdate?>>();
        return answer.Result.ValueKind == JsonValueKind.Array
            ? answer.As<IReadOnlyList<TgUpdate?>>([.. answer.Result.EnumerateArray().Select(TgUpdates.Read)])
            : new(TgOutcome.Ambiguous, null, 0, "Telegram's list of updates cannot be read.");
    }

    /// <summary>Sends a file with a caption.</summary>
    public Task<TgAnswer<TgMessage>> SendFileAsync(TgRequest request, string? caption, TgUpload upload, CancellationToken cancellationToken)
    {
        var (method, field) = upload.AsPhoto ? ("sendPhoto", "photo") : ("sendDocument", "document");
        var form = new MultipartFormDataContent();
        void Add(string name, string? value)
        {
            if (value is not null) form.Add(Part(new StringContent(value), name, null));
        }

        Add("chat_id", request.ChatId?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Add("message_thread_id", request.MessageThreadId?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Add("caption", caption);
        Add("parse_mode", caption is null ? null : request.ParseMode);
        Add("disable_content_type_detection", upload.AsPhoto ? null : "true");
        var file = new StreamContent(upload.Content);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        form.Add(Part(file, field, upload.Name));
        return SendAsync(method, form, TgJson.Default.TgMessage, UploadTimeout, cancellationToken);
    }

    /// <summary>Downloads a file that <see cref="GetFileAsync"/> named; at most so many bytes.</summary>
    public async Task<FileFetch> DownloadAsync(string path, Stream into, long maxBytes, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(DownloadTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, TokenHandler.File(root, path));
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone) return new FileFetch(FileFetchStatus.Gone, "Telegram no longer has the file.");
            if (response.StatusCode != HttpStatusCode.OK) return Failed($"Telegram answered {(int)response.StatusCode}.");
            if (response.Content.Headers.ContentLength > maxBytes) return TooLarge(maxBytes);
            await using var body = await response.Content.ReadAsStreamAsync(either.Token);
            return await BoundedCopy.ToAsync(body, into, maxBytes, either.Token) ? FileFetch.Done : TooLarge(maxBytes);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed($"It took longer than {DownloadTimeout.TotalSeconds:0} seconds.");
        }
        catch (Exception error) when (error is HttpRequestException or HttpIOException or IOException)
        {
            return Failed("The connection to Telegram broke.");
        }
    }

    public void Dispose() => http.Dispose();

    /// <summary>What is said of a file that is larger than allowed.</summary>
    public static FileFetch TooLarge(long maxBytes) => new(FileFetchStatus.TooLarge, $"The file is larger than {Rendering.PlainMessage.Size(maxBytes)}.");

    // Quoted, and without the second form of the file's name that .NET would add: so it is read everywhere.
    private static HttpContent Part(HttpContent content, string name, string? fileName)
    {
        content.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = $"\"{name}\"", FileName = fileName is null ? null : $"\"{fileName}\"" };
        return content;
    }

    private static FileFetch Failed(string why) => new(FileFetchStatus.Failed, $"The file could not be fetched from Telegram. {why}");

    private Task<TgAnswer<T>> CallAsync<T>(string method, TgRequest request, JsonTypeInfo<T> type, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var body = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(request, TgJson.Default.TgRequest));
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return SendAsync(method, body, type, timeout, cancellationToken);
    }

    private async Task<TgAnswer<T>> SendAsync<T>(string method, HttpContent content, JsonTypeInfo<T> type, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var body = new WatchedContent(content);
        using var request = new HttpRequestMessage(HttpMethod.Post, TokenHandler.Method(root, method)) { Content = body };
        TgAnswer<T> Broken(string why) => new(body.Begun ? TgOutcome.Ambiguous : TgOutcome.NotSent, default, 0, why);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            using var answer = new MemoryStream();
            await using var stream = await response.Content.ReadAsStreamAsync(either.Token);
            if (!await BoundedCopy.ToAsync(stream, answer, MaxAnswer, either.Token)) return Broken("Telegram's answer is too long to be one.");
            return Read(response, answer.GetBuffer().AsSpan(0, (int)answer.Length), type);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Broken($"Telegram did not answer within {limit.TotalSeconds:0} seconds.");
        }
        catch (Exception error) when (error is HttpRequestException or HttpIOException or IOException)
        {
            return Broken(body.Begun ? "The connection to Telegram broke." : "Telegram cannot be reached.");
        }
    }

    private TgAnswer<T> Read<T>(HttpResponseMessage response, ReadOnlySpan<byte> answer, JsonTypeInfo<T> type)
    {
        var status = (int)response.StatusCode;
        TgEnvelope? envelope = null;
        try
        {
            envelope = JsonSerializer.Deserialize(answer, TgJson.Default.TgEnvelope);
            if (envelope is { Ok: true, Result: { } result } && result.Deserialize(type) is { } value) return new(TgOutcome.Ok, value);
        }
        catch (JsonException)
        {
            // A proxy's page, or half an answer: judged by the status below.
        }

        if (envelope is { Ok: false, ErrorCode: > 0 })
            return new(TgOutcome.Refused, default, envelope.ErrorCode, Clean(envelope.Description), RetryAfter(envelope.Parameters?.RetryAfter, response), envelope.Parameters?.MigrateToChatId);
        // Without Telegram's own words: what a proxy refuses has not arrived, but what it could not read the answer of may have.
        return status is >= 300 and < 500
            ? new(TgOutcome.Refused, default, status, $"The answer was {status}, and not in Telegram's form.", RetryAfter(null, response))
            : new(TgOutcome.Ambiguous, default, status, $"The answer ({status}) cannot be read.", RetryAfter(null, response));
    }

    private static TimeSpan? RetryAfter(double? said, HttpResponseMessage response)
    {
        var seconds = said ?? response.Headers.RetryAfter?.Delta?.TotalSeconds;
        return seconds is > 0 ? TimeSpan.FromSeconds(Math.Min(seconds.Value, MaxRetrySeconds)) : null;
    }

    private string Clean(string? description)
    {
        var text = (description ?? "no reason given").Replace(token(), "[token]", StringComparison.Ordinal);
        return Rendering.InertText.Of(text.Length > MaxReason ? text[..MaxReason] : text);
    }
}
