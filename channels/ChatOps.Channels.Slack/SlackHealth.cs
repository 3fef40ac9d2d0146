using System.Collections.Concurrent;
using System.Globalization;
using ChatOps.Channels.Slack.Client;
using ChatOps.Diagnostics;

namespace ChatOps.Channels.Slack;

/// <summary>How the connection to Slack is, from what happened last.</summary>
internal sealed class SlackHealth(SlackOptions options, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, long> dropped = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private string? account;
    private string? authTrouble;
    private string? connectionTrouble = "Not connected yet.";
    private string? alarm;
    private int sockets;
    private DateTimeOffset? lastEvent;
    private DateTimeOffset? lastSend;
    private DateTimeOffset? limitedAt;
    private long acknowledgedLate;

    /// <summary>The bot is who it is.</summary>
    public void SignedIn(SlackAccount who)
    {
        lock (gate) account = $"{who.TeamName} ({who.Team}) as {who.BotUser}";
    }

    /// <summary>So many sockets are open.</summary>
    public void Sockets(int count)
    {
        lock (gate)
        {
            sockets = count;
            if (count > 0) connectionTrouble = null;
        }
    }

    /// <summary>There is no connection, for this reason; null when there is one.</summary>
    public void Disconnected(string? reason)
    {
        lock (gate) connectionTrouble = reason;
    }

    /// <summary>Somebody else receives events with our app's token; null when not.</summary>
    public void Alarm(string? text)
    {
        lock (gate) alarm = text;
    }

    public void Heard()
    {
        lock (gate) lastEvent = time.GetUtcNow();
    }

    /// <summary>An event was dropped.</summary>
    public void Dropped(string reason) => dropped.AddOrUpdate(reason, 1, static (_, count) => count + 1);

    /// <summary>A commit took longer than Slack waits.</summary>
    public void Late() => Interlocked.Increment(ref acknowledgedLate);

    /// <summary>A call of the Web API ended.</summary>
    public void Called(string method, SlackReply reply)
    {
        lock (gate)
        {
            if (reply.Status == SlackReplyStatus.Limited) limitedAt = time.GetUtcNow();
            if (method == "apps.connections.open") return;
            if (reply.Ok)
            {
                authTrouble = null;
                if (method.StartsWith("chat.", StringComparison.Ordinal)) lastSend = time.GetUtcNow();
            }
            else if (SlackErrors.IsAuth(reply.Error) && (method.StartsWith("chat.", StringComparison.Ordinal) || method == "auth.test"))
            {
                authTrouble = $"{SlackErrors.Describe(reply.Error)} {SlackErrors.Remedy(reply.Error)}";
            }
        }
    }

    /// <summary>The report.</summary>
    public PartHealth Report()
    {
        lock (gate)
        {
            var facts = new Dictionary<string, string> { ["mode"] = options.Mode.ToString() };
            if (account is not null) facts["account"] = account;
            if (options.Mode == SlackMode.Socket) facts["sockets"] = sockets.ToString(CultureInfo.InvariantCulture);
            Add(facts, "lastEvent", lastEvent);
            Add(facts, "lastSend", lastSend);
            Add(facts, "limitedAt", limitedAt);
            if (acknowledgedLate > 0) facts["late"] = acknowledgedLate.ToString(CultureInfo.InvariantCulture);
            foreach (var (reason, count) in dropped) facts["dropped." + reason] = count.ToString(CultureInfo.InvariantCulture);
            if (authTrouble is not null) return new PartHealth(PartState.Failed, authTrouble, facts);
            if (connectionTrouble is not null) return new PartHealth(PartState.Failed, connectionTrouble, facts);
            return alarm is not null ? new PartHealth(PartState.Degraded, alarm, facts) : new PartHealth(PartState.Ok, $"Connected to {account}.", facts);
        }
    }

    private static void Add(Dictionary<string, string> facts, string name, DateTimeOffset? at)
    {
        if (at is { } when) facts[name] = when.ToString("O", CultureInfo.InvariantCulture);
    }
}
