using System.Collections.Frozen;
using ChatOps.Gateways;
using ChatOps.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatOps.Bus.Gateways;

/// <summary>
/// Says in the store that this gateway is alive and what it does, and reads there who else is. Whether another one lives is told by its sign changing, not by comparing
/// its clock with ours: clocks differ.
/// </summary>
internal sealed partial class GatewayRegister(GatewayIdentity self, IStore store, BusOptions options, TimeProvider time, ILogger<GatewayRegister> logger) : BackgroundService, IGateways
{
    /// <summary>A gateway whose sign has not changed for so long is dead.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(7);

    /// <summary>Between two signs: two may fail.</summary>
    public static readonly TimeSpan SignInterval = TimeSpan.FromSeconds(2);

    /// <summary>How long the row of one that died without leaving stays.</summary>
    public static readonly TimeSpan Keep = TimeSpan.FromMinutes(10);

    /// <summary>How long after it stood still a gateway does not show what it is doing: longer than between two renewals of any lease.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(10);

    private readonly DateTimeOffset startedAt = time.GetUtcNow();
    private readonly Dictionary<string, (DateTimeOffset Sign, long ChangedAt)> signs = new(StringComparer.Ordinal);
    private volatile FrozenDictionary<string, GatewayRow> living = FrozenDictionary<string, GatewayRow>.Empty;

    private long lostAt;
    private long lookedAt = time.GetTimestamp();
    private long currentFrom = time.GetTimestamp();

    /// <summary>Whether a gateway died a moment ago.</summary>
    public bool LostOneWithin(TimeSpan moment) => Volatile.Read(ref lostAt) is not 0 and var at && time.GetElapsedTime(at) < moment;

    /// <inheritdoc/>
    public GatewayIdentity Self => self;

    /// <inheritdoc/>
    public bool IsAlone => options.AloneWithStore;

    /// <inheritdoc/>
    public bool IsCurrent => IsAlone || (time.GetElapsedTime(Volatile.Read(ref lookedAt)) < Patience && time.GetTimestamp() >= Volatile.Read(ref currentFrom));

    /// <inheritdoc/>
    public IReadOnlyList<GatewayRow> Living =>
        IsAlone ? [Row()] : [.. living.Values.OrderBy(g => g.Name, StringComparer.Ordinal).ThenBy(g => g.StartedAt).ThenBy(g => g.Id, StringComparer.Ordinal)];

    /// <inheritdoc/>
    public GatewayRow? Find(string id) => IsAlone ? id == self.Id ? Row() : null : living.GetValueOrDefault(id);

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // Before anything else runs: who looks for the others finds them, and they find this one.
        if (!IsAlone) await LookAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (IsAlone || self.Roles.Count == 0) return;
        try
        {
            await store.WriteAsync(
                session =>
                {
                    session.Gateways.Remove(self.Id);
                    return true;
                },
                cancellationToken);
        }
        catch (Exception away) when (away is StoreUnavailableException or OperationCanceledException)
        {
            LogAway(away.Message);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (IsAlone) return;
        using var timer = new PeriodicTimer(SignInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await LookAsync(stoppingToken);
                }
                catch (StoreUnavailableException away)
                {
                    // Who cannot look knows of nobody that he died.
                    LogAway(away.Message);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The gateway stops.
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        // A command's own gateway only looks.
        var all = self.Roles.Count == 0 ? await store.ReadAsync(session => session.Gateways.All(), cancellationToken) : await store.WriteAsync(Sign, cancellationToken);
        var now = time.GetTimestamp();

        // Until it has surely found out which of its leases it lost.
        if (time.GetElapsedTime(lookedAt, now) >= Patience) Volatile.Write(ref currentFrom, now + (long)(Settling.TotalSeconds * time.TimestampFrequency));
        Volatile.Write(ref lookedAt, now);
        foreach (var row in all)
        {
            if (!signs.TryGetValue(row.Id, out var known)) signs[row.Id] = (row.SeenAt, IsOld(row) ? long.MinValue : now);
            else if (known.Sign != row.SeenAt) signs[row.Id] = (row.SeenAt, now);
        }

        foreach (var gone in signs.Keys.Except(all.Select(row => row.Id)).ToList()) signs.Remove(gone);
        var alive = all.Where(row => row.Id == self.Id || IsAlive(signs[row.Id].ChangedAt)).ToFrozenDictionary(row => row.Id, StringComparer.Ordinal);

        // First: whoever misses one finds that it was lost.
        if (living.Keys.Any(id => !alive.ContainsKey(id))) Volatile.Write(ref lostAt, now);
        living = alive;
    }

    private IReadOnlyList<GatewayRow> Sign(IStoreSession session)
    {
        session.Gateways.Sign(Row());
        var all = session.Gateways.All();
        foreach (var dead in all.Where(row => row.Id != self.Id && (time.GetUtcNow() - row.SeenAt).Duration() > Keep)) session.Gateways.Remove(dead.Id);
        return all;
    }

    // At the first sight there is only its clock. One that is judged wrongly is heard of again with its next sign.
    private bool IsOld(GatewayRow row) => (time.GetUtcNow() - row.SeenAt).Duration() > Patience;

    private bool IsAlive(long changedAt) => changedAt != long.MinValue && time.GetElapsedTime(changedAt) < Patience;

    private GatewayRow Row() => new(self.Id, self.Name, self.Version, [.. self.Roles.Select(NameOf)], startedAt, time.GetUtcNow());

    private static string NameOf(GatewayRole role) => role.ToString().ToLowerInvariant();
}
