using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ChatOps.Testing.Slack;

/// <summary>
/// Socket Mode: tickets that open one socket each, hello, envelopes that want an acknowledgement within three seconds on the socket that carried them, redelivery of events,
/// refreshes, and sockets that go silent.
/// </summary>
public sealed class SlackSockets(SlackServer server)
{
    /// <summary>Most sockets of an app.</summary>
    public const int MaxSockets = 10;

    private readonly ConcurrentDictionary<string, bool> tickets = new();
    private readonly ConcurrentDictionary<string, Waiting> waiting = new();
    private readonly Lock gate = new();
    private readonly List<SlackLink> links = [];
    private int counter;
    private int opened;
    private int delivered;
    private int most;

    /// <summary>How long an acknowledgement may take.</summary>
    public TimeSpan AckLimit { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How often an event is delivered again.</summary>
    public int Redeliveries { get; set; } = 3;

    /// <summary>Connections of the app that are not the client's.</summary>
    public int Others { get; set; }

    /// <summary>No hello is said to new sockets.</summary>
    public bool Mute { get; set; }

    /// <summary>How many sockets were opened so far.</summary>
    public int Opened => opened;

    /// <summary>How many envelopes were delivered so far, each time counted.</summary>
    public int Delivered => delivered;

    /// <summary>Most that were open at once.</summary>
    public int Most => most;

    /// <summary>The open sockets, oldest first.</summary>
    public IReadOnlyList<SlackLink> Open
    {
        get { lock (gate) return [.. links]; }
    }

    /// <summary>Delivers an envelope and waits for its acknowledgement; an event that gets none is delivered again.</summary>
    /// <param name="type"><c>events_api</c>, <c>interactive</c> or <c>slash_commands</c>.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="on">Over which socket; any open one by default.</param>
    public async Task<SlackAck> DeliverAsync(string type, JsonObject payload, SlackLink? on = null)
    {
        var attempts = type == "events_api" ? Redeliveries + 1 : 1;
        for (var attempt = 0; ; attempt++)
        {
            var id = $"env-{Interlocked.Increment(ref counter)}";
            var wait = waiting[id] = new Waiting(server.Now, on ?? await AnyAsync());
            await wait.Link.SendAsync(new JsonObject
            {
                ["envelope_id"] = id, ["type"] = type, ["payload"] = payload.DeepClone(), ["accepts_response_payload"] = type != "events_api",
                ["retry_attempt"] = attempt, ["retry_reason"] = attempt == 0 ? "" : "timeout",
            });
            Interlocked.Increment(ref delivered);
            var answered = await Task.WhenAny(wait.Answer.Task, Task.Delay(AckLimit)) == wait.Answer.Task;
            if (answered) return new SlackAck(true, await wait.Answer.Task, attempt + 1, server.Now - wait.Sent);
            wait.Late = true;
            if (attempt + 1 >= attempts) return new SlackAck(false, null, attempt + 1, AckLimit);
        }
    }

    /// <summary>Sends a frame as it is.</summary>
    public async Task SendRawAsync(string text) => await (await AnyAsync()).SendTextAsync(text);

    /// <summary>Asks the client to replace a socket, which is closed after a while.</summary>
    public async Task DisconnectAsync(string reason, TimeSpan grace, SlackLink? link = null)
    {
        link ??= await AnyAsync();
        await link.SendAsync(new JsonObject { ["type"] = "disconnect", ["reason"] = reason, ["debug_info"] = new JsonObject { ["host"] = "loopback" } });
        _ = CloseLaterAsync(link, grace);
    }

    /// <summary>Cuts all sockets without a word.</summary>
    public void Cut()
    {
        List<SlackLink> cut;
        lock (gate)
        {
            cut = [.. links];
            links.Clear();
        }

        foreach (var link in cut) link.Abort();
    }

    internal string? NewTicket()
    {
        var ticket = $"ticket-{Interlocked.Increment(ref counter)}-{Guid.NewGuid():N}";
        tickets[ticket] = true;
        return $"ws://{server.Root.Authority}/link/?ticket={ticket}&app_id={server.Workspace.App}";
    }

    internal async Task AcceptAsync(HttpContext context)
    {
        var key = context.Request.Headers["Sec-WebSocket-Key"].ToString();
        if (context.Features.Get<IHttpUpgradeFeature>() is not { IsUpgradableRequest: true } upgrade || key.Length == 0 || !tickets.TryRemove(context.Request.Query["ticket"].ToString(), out _))
        {
            server.Violate("A socket was opened with a ticket that is unknown or used");
            context.Response.StatusCode = 403;
            return;
        }

        context.Response.Headers.Upgrade = "websocket";
        context.Response.Headers.Connection = "Upgrade";
#pragma warning disable CA5350 // RFC 6455 asks for SHA-1; nothing is kept secret by it.
        context.Response.Headers["Sec-WebSocket-Accept"] = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
        using var link = new SlackLink(await upgrade.UpgradeAsync());
        int count;
        lock (gate)
        {
            links.Add(link);
            opened++;
            most = Math.Max(most, links.Count);
            count = links.Count + Others;
        }

        try
        {
            if (count > MaxSockets)
            {
                await link.OpenAsync(new JsonObject { ["type"] = "disconnect", ["reason"] = "too_many_websockets" });
                await link.CloseAsync();
                await ReadAsync(link);
                return;
            }

            await link.OpenAsync(Mute ? null : Hello(count));
            await ReadAsync(link);
        }
        finally
        {
            lock (gate) links.Remove(link);
            link.Abort();
        }
    }

    internal Task CloseAsync()
    {
        Cut();
        return Task.CompletedTask;
    }

    private JsonObject Hello(int count) => new()
    {
        ["type"] = "hello", ["num_connections"] = count, ["connection_info"] = new JsonObject { ["app_id"] = server.Workspace.App },
        ["debug_info"] = new JsonObject { ["host"] = "loopback", ["build_number"] = 1, ["approximate_connection_time"] = 18060 },
    };

    private async Task ReadAsync(SlackLink link)
    {
        while (await link.ReadAsync() is { } text)
        {
            JsonObject? frame = null;
            try
            {
                frame = JsonNode.Parse(text) as JsonObject;
            }
            catch (System.Text.Json.JsonException)
            {
                // Reported below.
            }

            var id = frame?["envelope_id"]?.GetValue<string>();
            if (id is null || !waiting.TryRemove(id, out var wait)) server.Violate($"An acknowledgement of nothing: {text}");
            else if (wait.Link != link) server.Violate("An acknowledgement on another socket");
            else if (wait.Late) server.Violate("A late acknowledgement");
            else if (frame!.Any(p => p.Key is not ("envelope_id" or "payload"))) server.Violate($"An acknowledgement with unknown fields: {text}");
            else wait.Answer.TrySetResult(frame!["payload"]?.DeepClone() as JsonObject);
        }
    }

    private async Task<SlackLink> AnyAsync()
    {
        SlackLink? newest = null;
        await Until.TrueAsync(() => (newest = Open is [.., var last] ? last : null) is not null);
        return newest!;
    }

    private async Task CloseLaterAsync(SlackLink link, TimeSpan grace)
    {
        await Task.Delay(grace);
        await link.CloseAsync();
    }

    private sealed class Waiting(TimeSpan sent, SlackLink link)
    {
        public TimeSpan Sent => sent;

        public SlackLink Link => link;

        public bool Late { get; set; }

        public TaskCompletionSource<JsonObject?> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
