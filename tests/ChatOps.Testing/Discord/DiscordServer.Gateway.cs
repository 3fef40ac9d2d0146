using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ChatOps.Testing.Discord;

public sealed partial class DiscordServer
{
    private const int MessageContent = 1 << 15;
    private const int GuildMessages = 1 << 9;
    private const int DirectMessages = 1 << 12;
    private const int MaxPayload = 4096;
    private const int MaxSendsPerMinute = 120;

    private readonly Dictionary<string, DiscordSession> sessions = [];
    private readonly List<DiscordSocket> sockets = [];

    /// <summary>The gateway's address.</summary>
    public string GatewayAddress => new UriBuilder(ApiBase) { Scheme = "ws", Path = "/gateway" }.Uri.AbsoluteUri;

    /// <summary>Milliseconds between heartbeats.</summary>
    public int HeartbeatInterval { get; set; } = 41_250;

    /// <summary>Beats are no longer acknowledged.</summary>
    public bool DropsAcks { get; set; }

    /// <summary>What comes in is read and not answered, nothing goes out: a connection whose other end is gone.</summary>
    public bool HalfOpen { get; set; }

    /// <summary>The next connections are closed with these codes after hello.</summary>
    public ConcurrentQueue<int> CloseNext { get; } = new();

    /// <summary>How many sessions may still be begun today.</summary>
    public int StartsLeft { get; set; } = 1000;

    /// <summary>What bots did wrong on the gateway.</summary>
    public ConcurrentQueue<string> GatewayFaults { get; } = new();

    /// <summary>Sessions that were begun.</summary>
    public int Identifies { get; private set; }

    /// <summary>Sessions that were resumed.</summary>
    public int Resumes { get; private set; }

    /// <summary>Connections so far.</summary>
    public int Connections
    {
        get { lock (gate) return sockets.Count; }
    }

    /// <summary>The close codes that bots sent, in order of the connections.</summary>
    public IReadOnlyList<int?> ClosedWith
    {
        get { lock (gate) return [.. sockets.Select(s => s.ClosedWith)]; }
    }

    /// <summary>Whether that connection is over, in order of the connections.</summary>
    public bool HasEnded(int connection)
    {
        lock (gate) return sockets[connection].HasEnded;
    }

    /// <summary>When each connection beat for the first time after hello, as a part of the interval.</summary>
    public ConcurrentQueue<double> FirstBeats { get; } = new();

    /// <summary>How often it was beaten so far.</summary>
    public int Beats
    {
        get { lock (gate) return sockets.Sum(s => s.Beats.Count); }
    }

    /// <summary>Whether a bot listens now.</summary>
    public bool IsConnected
    {
        get { lock (gate) return sessions.Values.Any(s => s.Socket is not null); }
    }

    /// <summary>Sends a frame to all who listen, outside of their sessions.</summary>
    public void SendFrame(JsonObject frame)
    {
        lock (gate) foreach (var socket in Listening()) socket.Send(frame);
    }

    /// <summary>Sends any text as a frame.</summary>
    public void SendText(string text)
    {
        lock (gate) foreach (var socket in Listening()) socket.SendText(text);
    }

    /// <summary>Closes all connections with a code.</summary>
    public void CloseAll(int code)
    {
        lock (gate)
        {
            foreach (var socket in Listening())
            {
                socket.Session!.Socket = null;
                if (code is 4007 or 4009 or 4003 or 4004) socket.Session.Alive = false;
                socket.Close(code);
            }
        }
    }

    /// <summary>Cuts all connections.</summary>
    public void AbortAll()
    {
        lock (gate)
        {
            foreach (var socket in sockets.Where(s => s.WebSocket.State == WebSocketState.Open))
            {
                if (socket.Session is { } session) session.Socket = null;
                socket.WebSocket.Abort();
            }
        }
    }

    /// <summary>Forgets all sessions: a resume is refused.</summary>
    public void ForgetSessions()
    {
        lock (gate) foreach (var session in sessions.Values) session.Alive = false;
    }

    /// <summary>Something happens; every session with the right intents is told, or will be after its resume.</summary>
    public void Dispatch(string name, JsonObject data)
    {
        lock (gate)
        {
            foreach (var session in sessions.Values.Where(s => s.Alive))
            {
                if (name.StartsWith("MESSAGE_", StringComparison.Ordinal) && (session.Intents & (data.ContainsKey("guild_id") ? GuildMessages : DirectMessages)) == 0) continue;
                var frame = session.Add(name, name == "MESSAGE_CREATE" ? Censored(data.DeepClone().AsObject(), session) : data.DeepClone().AsObject());
                if (!HalfOpen) session.Socket?.Send(frame);
            }
        }
    }

    // Without the intent a bot reads only its own messages, direct ones, and those that mention it.
    private static JsonObject Censored(JsonObject message, DiscordSession session)
    {
        if ((session.Intents & MessageContent) != 0 || !message.ContainsKey("guild_id")) return message;
        var own = (string?)message["author"]?["id"] == BotUser;
        var named = message["mentions"] is JsonArray mentions && mentions.Any(m => (string?)m?["id"] == BotUser);
        if (own || named) return message;
        (message["content"], message["attachments"], message["components"], message["embeds"]) = ("", new JsonArray(), new JsonArray(), new JsonArray());
        return message;
    }

    private IEnumerable<DiscordSocket> Listening() => sessions.Values.Select(s => s.Socket).OfType<DiscordSocket>().ToList();

    private JsonObject StartLimit() => new() { ["total"] = 1000, ["remaining"] = StartsLeft, ["reset_after"] = 60_000, ["max_concurrency"] = 1 };

    private async Task GatewayAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest || context.Request.Query["v"] != "10" || context.Request.Query["encoding"] != "json")
        {
            context.Response.StatusCode = 400;
            return;
        }

        using var webSocket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { KeepAliveInterval = TimeSpan.Zero });
        var socket = new DiscordSocket(webSocket) { Address = context.Request.Path + context.Request.QueryString };
        lock (gate) sockets.Add(socket);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        var pump = socket.PumpAsync(over.Token);
        if (!HalfOpen) socket.Send(new JsonObject { ["op"] = 10, ["d"] = new JsonObject { ["heartbeat_interval"] = HeartbeatInterval }, ["s"] = null, ["t"] = null });
        if (CloseNext.TryDequeue(out var code)) socket.Close(code);
        var watch = WatchBeatsAsync(socket, time.GetUtcNow(), over.Token);
        try
        {
            await ReadAsync(socket, time.GetUtcNow(), over.Token);
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or IOException)
        {
            // The client is gone.
        }
        finally
        {
            lock (gate)
            {
                socket.HasEnded = true;
                if (socket.Session is { } session && session.Socket == socket) session.Socket = null;
                // These two codes end a session; every other leaves it to be resumed.
                if (socket is { ClosedWith: 1000 or 1001, Session: { } ended }) ended.Alive = false;
            }

            await over.CancelAsync();
            await pump;
            await watch;
        }
    }

    private async Task ReadAsync(DiscordSocket socket, DateTimeOffset began, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var length = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                part = await socket.WebSocket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
                length += part.Count;
            }
            while (!part.EndOfMessage && part.MessageType != WebSocketMessageType.Close);

            if (part.MessageType == WebSocketMessageType.Close)
            {
                socket.ClosedWith = (int?)socket.WebSocket.CloseStatus;
                return;
            }

            if (HalfOpen) continue;
            if (Wrong(socket, length) is { } close || (close = Take(socket, Encoding.UTF8.GetString(buffer, 0, length), began)) != 0)
            {
                GatewayFaults.Enqueue($"{close} for {Encoding.UTF8.GetString(buffer, 0, Math.Min(length, 60))}");
                lock (gate) if (socket.Session is { } session) session.Socket = null;
                socket.Close(close);
            }
        }
    }

    private int? Wrong(DiscordSocket socket, int length)
    {
        var now = time.GetUtcNow();
        socket.Received.Enqueue(now);
        while (now - socket.Received.Peek() > TimeSpan.FromSeconds(60)) socket.Received.Dequeue();
        return length > MaxPayload ? 4002 : socket.Received.Count > MaxSendsPerMinute ? 4008 : null;
    }

    /// <summary>Takes a frame; returns a close code when it is wrong.</summary>
    private int Take(DiscordSocket socket, string text, DateTimeOffset began)
    {
        JsonObject? frame;
        try
        {
            frame = JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return 4002;
        }

        if (frame is null || frame.Any(f => f.Key is not ("op" or "d" or "s" or "t"))) return 4002;
        lock (gate)
        {
            return (int?)frame["op"] switch
            {
                1 => Beat(socket, frame["d"], began),
                2 => Identify(socket, frame["d"] as JsonObject),
                6 => Resume(socket, frame["d"] as JsonObject),
                _ => 4001,
            };
        }
    }

    private int Beat(DiscordSocket socket, JsonNode? last, DateTimeOffset began)
    {
        if (socket.Session is null) return 4003;
        if (last is not null && (last.GetValueKind() != JsonValueKind.Number || last.GetValue<long>() > socket.Session.Last)) return 4007;
        if (socket.Beats.Count == 0) FirstBeats.Enqueue((time.GetUtcNow() - began).TotalMilliseconds / HeartbeatInterval);
        socket.Beats.Add(time.GetUtcNow());
        if (!DropsAcks) socket.Send(new JsonObject { ["op"] = 11 });
        return 0;
    }

    private int Identify(DiscordSocket socket, JsonObject? data)
    {
        if (data is null || data.Any(d => d.Key is not ("token" or "intents" or "properties" or "compress" or "large_threshold" or "shard" or "presence"))) return 4002;
        if (data["properties"] is not JsonObject properties || properties.Any(p => p.Key is not ("os" or "browser" or "device"))) return 4002;
        if (socket.Session is not null) return 4005;
        if ((string?)data["token"] != Token) return 4004;
        if ((int?)data["intents"] is not { } intents || intents >= 1 << 26) return 4013;
        if ((intents & MessageContent) != 0 && (ApplicationFlags & (1 << 18 | 1 << 19)) == 0) return 4014;
        Identifies++;
        StartsLeft--;
        var session = new DiscordSession($"session{sessions.Count + 1}", Token, intents) { Socket = socket };
        sessions[session.Id] = session;
        socket.Session = session;
        socket.Send(session.Add("READY", new JsonObject
        {
            ["v"] = 10, ["user"] = User(BotUser, "chatops", bot: true), ["guilds"] = new JsonArray(new JsonObject { ["id"] = Guild, ["unavailable"] = true }), ["session_id"] = session.Id,
            ["resume_gateway_url"] = GatewayAddress, ["application"] = new JsonObject { ["id"] = Application, ["flags"] = ApplicationFlags },
        }));
        if ((intents & 1) != 0)
        {
            socket.Send(session.Add("GUILD_CREATE", new JsonObject
            {
                ["id"] = Guild, ["name"] = "The server", ["channels"] = new JsonArray([.. rooms.Values.Where(r => r.Type == 0).Select(r => Json(r))]), ["threads"] = new JsonArray([.. rooms.Values.Where(r => r.Type == 11).Select(r => Json(r))]),
            }));
        }

        return 0;
    }

    private int Resume(DiscordSocket socket, JsonObject? data)
    {
        if (data is null || data.Any(d => d.Key is not ("token" or "session_id" or "seq")) || (long?)data["seq"] is not { } seq) return 4002;
        if (socket.Session is not null) return 4005;
        if ((string?)data["token"] != Token) return 4004;
        if (!sessions.TryGetValue((string?)data["session_id"] ?? "", out var session) || !session.Alive || session.Token != Token)
        {
            socket.Send(new JsonObject { ["op"] = 9, ["d"] = false });
            return 0;
        }

        if (seq > session.Last) return 4007;
        Resumes++;
        session.Socket = socket;
        socket.Session = session;
        foreach (var (number, frame) in session.Events.Where(e => e.Number > seq)) socket.Send(frame);
        socket.Send(session.Add("RESUMED", []));
        return 0;
    }

    // A bot that does not beat is dropped; the first beat must come within the first interval.
    private async Task WatchBeatsAsync(DiscordSocket socket, DateTimeOffset began, CancellationToken cancellationToken)
    {
        var patience = TimeSpan.FromMilliseconds(HeartbeatInterval * 1.5 + 500);
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(patience / 4, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            DateTimeOffset last;
            lock (gate) last = socket.Beats.Count > 0 ? socket.Beats[^1] : began;
            if (cancellationToken.IsCancellationRequested || HalfOpen || time.GetUtcNow() - last <= patience) continue;
            GatewayFaults.Enqueue("a heartbeat is missing");
            socket.Close(4000);
            return;
        }
    }
}
