using System.Collections.Concurrent;
using System.Security.Cryptography;
using ChatOps.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatOps.Mcp.Serving;

/// <summary>The sessions of MCP clients. A session ends when its client says so, when nobody uses it, when its credential has gone, and with the gateway.</summary>
internal sealed partial class McpSessions(McpServers servers, ToolOffer offer, IStore store, TimeProvider time, ILogger<McpSessions> log) : BackgroundService
{
    private const int IdBytes = 24;
    private readonly ConcurrentDictionary<string, McpSession> sessions = new(StringComparer.Ordinal);
    private readonly ILogger<McpSessions> _log = log;

    /// <summary>How many there are.</summary>
    public int Count => sessions.Count;

    /// <summary>Begins one; null and the reason when there are too many.</summary>
    public McpSession? Begin(McpCaller caller, TimeSpan? wait, out string? problem)
    {
        problem = null;
        if (sessions.Count >= McpBounds.Sessions) problem = $"There are {McpBounds.Sessions} MCP sessions already. Try again later.";
        else if (sessions.Values.Count(s => s.Caller.Principal == caller.Principal) >= McpBounds.SessionsOfOne)
            problem = $"{caller.Principal} has {McpBounds.SessionsOfOne} MCP sessions already. End one (DELETE), or wait until idle ones end.";
        if (problem is not null) return null;
        var session = servers.Create(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes)), caller, wait);
        sessions[session.Id] = session;
        LogBegan(caller.Principal);
        return session;
    }

    /// <summary>A caller's session. Somebody else's and an unknown one look the same.</summary>
    public McpSession? Find(string id, McpCaller caller) => sessions.TryGetValue(id, out var session) && session.Caller.TokenHash == caller.TokenHash ? session : null;

    /// <summary>Ends one.</summary>
    public async Task EndAsync(McpSession session, string reason)
    {
        if (!sessions.TryRemove(session.Id, out _)) return;
        LogEnded(session.Caller.Principal, reason);
        await session.DisposeAsync();
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Task.WhenAll(sessions.Values.Select(s => EndAsync(s, "the gateway stops")));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(McpBounds.Look, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (StoreUnavailableException e)
            {
                LogLookFailed(e);
            }
        }
    }

    /// <summary>Ends what is idle or revoked, and tells of other tools.</summary>
    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        foreach (var session in sessions.Values)
        {
            var now = time.GetUtcNow();
            if (session.IsIdle) await EndAsync(session, "nobody used it");
            else if (await store.ReadAsync(s => s.Credentials.Find(session.Caller.TokenHash, CredentialKind.ApiToken, now), cancellationToken) is null) await EndAsync(session, "its token has gone");
            else if (session.Listed is { } listed && offer.Fingerprint(session.Caller) is var other && other != listed)
            {
                session.Listed = other;
                await session.TellOfOtherToolsAsync(cancellationToken);
            }
        }
    }
}
