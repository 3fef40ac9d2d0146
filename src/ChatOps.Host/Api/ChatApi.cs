using System.Globalization;
using ChatOps.Agent.Commands;
using ChatOps.Channels;
using ChatOps.Host.Http;
using ChatOps.Identity;
using ChatOps.Messages;
using ChatOps.Storage;
using Microsoft.AspNetCore.Http;

namespace ChatOps.Host.Api;

/// <summary><c>/api/chat</c>: a conversation over HTTP. It is one of the person's own web conversations, so the console shows it too.</summary>
internal sealed class ChatApi(IStore store, IWebChat webChat, ChatCommandLine grammar, GatewaySetup setup, OnBehalfRecord onBehalf)
{
    /// <summary>How long one request may listen. Then it asks anew, with its token: what was revoked meanwhile hears no more.</summary>
    public static readonly TimeSpan StreamLife = TimeSpan.FromMinutes(5);

    /// <summary>How many of the newest entries a listener may have repeated to it.</summary>
    public const int MaxRecent = 200;

    /// <summary><c>POST /api/chat/messages</c>.</summary>
    public async Task<IResult> PostAsync(HttpContext context)
    {
        if (!setup.Options.Web.Enabled) return NotServed();
        if (!ChatMessageBody.TryRead(await RequestBody.ReadAsync(context), out var body, out var problem))
            return ApiProblem.Result(StatusCodes.Status400BadRequest, "bad_json", problem);
        var caller = ApiCaller.Of(context);
        if (grammar.Parse(body.Text).Tool is { } tool && caller.WhyNot(tool.Group) is { } reason)
            return ApiProblem.Result(StatusCodes.Status403Forbidden, "not_as_somebody_else", reason);
        await onBehalf.WriteAsync(caller, Chat(caller, body.Conversation), context.RequestAborted);
        var receipt = await webChat.AcceptAsync(
            ActorOf(caller), Chat(caller, body.Conversation), body.ClientId, InboundKind.Text, body.Text, context.RequestAborted);
        return receipt.Status == InboxStatus.Refused
            ? ApiProblem.Result(StatusCodes.Status400BadRequest, "refused", receipt.Reason ?? "The message was not accepted.")
            : new JsonAnswer(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("message", receipt.InboxId);
                writer.WriteString("conversation", body.Conversation);
                writer.WriteString("status", receipt.Status == InboxStatus.Duplicate ? "duplicate" : "accepted");
                writer.WriteEndObject();
            });
    }

    /// <summary><c>GET /api/chat/{conversation}/events?recent=50</c>.</summary>
    public async Task<IResult> EventsAsync(HttpContext context)
    {
        var name = (string)context.Request.RouteValues["conversation"]!;
        if (!setup.Options.Web.Enabled) return NotServed();
        if (!ChatMessageBody.IsName(name)) return ApiProblem.Result(StatusCodes.Status404NotFound, "not_found", "There is no such conversation.");
        var recent = 0;
        if (context.Request.Query["recent"] is [{ } text] && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out recent) || recent > MaxRecent))
            return ApiProblem.Result(StatusCodes.Status400BadRequest, "bad_arguments", $"'recent' must be a number of entries, at most {MaxRecent}.");
        var caller = ApiCaller.Of(context);
        if (recent > 0) await onBehalf.WriteReadingAsync(caller, Chat(caller, name), context.RequestAborted);
        return new Events(this, webChat, Chat(caller, name), recent);
    }

    // A person's conversations carry the person's name, so nobody can name somebody else's.
    private static string Chat(ApiCaller caller, string conversation) => $"{caller.Principal.Id}.{conversation}";

    private static Actor ActorOf(ApiCaller caller) => new("web", "", caller.Principal.Id, caller.Principal.DisplayName);

    private static IResult NotServed() =>
        ApiProblem.Result(StatusCodes.Status404NotFound, "not_served", "Conversations are off: Channels:Web:Enabled is false. Tools work: POST /api/tools/NAME.");

    // As they stand now, oldest first: whoever listens anew learns what changed while nobody listened.
    private async Task SendRecentAsync(JsonLines lines, string chat, int count, CancellationToken cancellationToken)
    {
        if (count == 0) return;
        var conversation = new ConversationKey("web", chat).Id;
        foreach (var entry in await store.ReadAsync(s => s.Conversations.Timeline(conversation, null, count), cancellationToken))
        {
            if (entry.Inbound is { } item) await lines.SendAsync(writer => ChatEventJson.WriteInbound(writer, item), cancellationToken);
            else if (entry.Message is { } message) await lines.SendAsync(writer => ChatEventJson.WriteMessage(writer, "message", message.Id, message.InboxId, message.Content), cancellationToken);
        }
    }

    private async Task SendAsync(JsonLines lines, WebChatEvent change, CancellationToken cancellationToken)
    {
        switch (change.Kind)
        {
            case WebChatEventKind.Progress:
                lines.Pass(writer => ChatEventJson.WriteMessage(writer, "progress", change.Id, null, change.Progress!));
                break;
            case WebChatEventKind.MessageChanged:
                if (await store.ReadAsync(s => s.Outbox.FindMessage(change.Id), cancellationToken) is { } message)
                    await lines.SendAsync(writer => ChatEventJson.WriteMessage(writer, "message", message.Id, message.InboxId, message.Content), cancellationToken);
                break;
            case WebChatEventKind.InboundChanged:
                if (await store.ReadAsync(s => s.Inbox.Find(change.Id), cancellationToken) is { } item)
                    await lines.SendAsync(writer => ChatEventJson.WriteInbound(writer, item), cancellationToken);
                break;
            case WebChatEventKind.Resync:
                await lines.SendAsync(writer => ChatEventJson.WriteBare(writer, "resync"), cancellationToken);
                break;
        }
    }

    private sealed class Events(ChatApi api, IWebChat webChat, string chat, int recent) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var lines = new JsonLines();
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted);
            ended.CancelAfter(StreamLife);
            var watch = WatchAsync(lines, ended.Token);
            try
            {
                await lines.WriteToAsync(httpContext);
            }
            catch (OperationCanceledException)
            {
                // The reader has gone; there is nobody to tell.
            }
            finally
            {
                await ended.CancelAsync();
                await watch;
            }
        }

        private async Task WatchAsync(JsonLines lines, CancellationToken cancellationToken)
        {
            try
            {
                await using var changes = webChat.WatchAsync(chat, cancellationToken).GetAsyncEnumerator(cancellationToken);

                // Watching begins with the first request for a change; only then is it true that nothing more is missed.
                var next = changes.MoveNextAsync();
                await api.SendRecentAsync(lines, chat, recent, cancellationToken);
                await lines.SendAsync(writer => ChatEventJson.WriteBare(writer, "ready"), cancellationToken);
                while (await next)
                {
                    await api.SendAsync(lines, changes.Current, cancellationToken);
                    if (changes.Current.Kind == WebChatEventKind.Resync) await api.SendRecentAsync(lines, chat, recent, cancellationToken);
                    next = changes.MoveNextAsync();
                }
            }
            catch (OperationCanceledException)
            {
                // The reader has gone, or the gateway stops.
            }
            finally
            {
                lines.Complete();
            }
        }
    }
}
