using System.Net.Sockets;
using MassTransit;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client.Exceptions;

namespace ChatOps.Bus;

/// <summary>
/// Keeps one connection to a RabbitMQ broker, with the queues of <see cref="RabbitMqTopology"/>. One that ends is given up whole, and another is made when the broker answers; while there is none, and while
/// the broker does not confirm what it is sent, everything is done in this gateway.
/// </summary>
internal sealed partial class RabbitMqTransport(BusOptions options, string gateway, TimeProvider time, ILogger<RabbitMqTransport> logger) : ITransport
{
    private static readonly TimeSpan HealthInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(5);

    /// <summary>How long it may take until somebody listens at the broker's address.</summary>
    private static readonly TimeSpan KnockTime = TimeSpan.FromSeconds(5);

    /// <summary>How long the library may take to make a connection with its queues; then it is begun anew.</summary>
    private static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(30);

    /// <summary>How long the library may take to say why a connection ended before it was ready.</summary>
    private static readonly TimeSpan ReasonTime = TimeSpan.FromSeconds(2);

    /// <summary>How long the library may take to mend a queue over a connection that stands; then that is given up, too.</summary>
    private static readonly TimeSpan MendTime = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long a connection that stands may confirm nothing before it is given up. Long, because a broker short of memory or disk does so until it has some again, a new connection would do no better
    /// there, and what the old one had of the queues is counted as delivered in vain.
    /// </summary>
    private static readonly TimeSpan MuteTime = TimeSpan.FromMinutes(15);

    private readonly RabbitMqTopology topology = new(options, gateway, time, logger);
    private readonly CancellationTokenSource stopping = new();
    private volatile Connection? current;
    private volatile string? trouble = "Not connected yet.";
    private volatile string? refusal;
    private Task kept = Task.CompletedTask;
    private int underWay;

    public bool IsOptional => true;

    public string? Trouble => trouble;

    public async Task StartAsync(IReadOnlyList<Subscription> subscriptions, CancellationToken cancellationToken)
    {
        var first = await ConnectAsync(subscriptions, cancellationToken);
        kept = KeepAsync(first, subscriptions, stopping.Token);
    }

    public ValueTask<bool> TrySendAsync<T>(T message, Action lost, CancellationToken cancellationToken) where T : class
    {
        if (current is not { } open || trouble is not null || Volatile.Read(ref underWay) >= options.MaxQueued) return ValueTask.FromResult(false);
        Interlocked.Increment(ref underWay);
        _ = SendAsync(open, message, lost);
        return ValueTask.FromResult(true);
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await kept;
        if (current is { } open) await EndAsync(open);
        stopping.Dispose();
    }

    private async Task<Connection> ConnectAsync(IReadOnlyList<Subscription> subscriptions, CancellationToken cancellationToken)
    {
        string? said = null;
        for (var pause = HealthInterval; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                await KnockAsync(cancellationToken);
                var line = new BrokerLine();
                var made = new Connection(topology.Create(subscriptions, line, Refuse), line);
                await OpenAsync(made, cancellationToken);
                trouble = refusal = null;
                LogConnected(topology.Broker);
                return current = made;
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested)
            {
                var reason = Reason(error);
                trouble = refusal ?? $"RabbitMQ at {topology.Broker} cannot be reached: {reason}";

                // Once, not every few seconds of a long night.
                if (reason != said) LogUnreachable(topology.Broker, said = reason);
            }

            await Task.Delay(pause, time, cancellationToken);
        }
    }

    // The library tries again by itself, quietly, and a start that began with that does not always come to its end.
    private async Task KnockAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(KnockTime);
        using var socket = new TcpClient();
        await socket.ConnectAsync(options.RabbitMq.Host, RabbitMqTopology.PortOf(options.RabbitMq), patience.Token);
    }

    private async Task OpenAsync(Connection made, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(ConnectTime);
        try
        {
            var started = made.Bus.StartAsync(patience.Token).WaitAsync(patience.Token);
            await Task.WhenAny(started, made.Line.Ended);

            // Of a wrong password the library tells at once, of a wrong virtual host later.
            if (!started.IsCompleted) await Task.WhenAny(started, Task.Delay(ReasonTime, time, patience.Token));
            if (!started.IsCompleted) throw new IOException($"it ended the connection before that was ready; it is going down, or {options.RabbitMq.Username} may not use the virtual host {options.RabbitMq.VirtualHost} (Bus:RabbitMq:VirtualHost).");
            await started;
        }
        catch
        {
            await EndAsync(made);
            throw;
        }
    }

    private async Task KeepAsync(Connection open, IReadOnlyList<Subscription> subscriptions, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var why = await WhyGoneAsync(open, cancellationToken);
                Away(why);
                current = null;
                await EndAsync(open);
                open = await ConnectAsync(subscriptions, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The gateway ends.
        }
    }

    // Comes to its end when the connection has to be given up.
    private async Task<string> WhyGoneAsync(Connection open, CancellationToken cancellationToken)
    {
        long? unwellSince = null, muteSince = null;
        while (true)
        {
            await Task.WhenAny(Task.Delay(HealthInterval, time, cancellationToken), open.Line.Ended);
            cancellationToken.ThrowIfCancellationRequested();
            if (open.Line.Ended.IsCompleted) return "the connection ended";

            var unwell = open.Bus.CheckHealth() is { Status: not BusHealthStatus.Healthy } health ? health.Description : null;
            unwellSince = unwell is null ? null : unwellSince ?? time.GetTimestamp();
            if (unwell is not null) Away(unwell);
            if (unwellSince is { } unwellFrom && time.GetElapsedTime(unwellFrom) >= MendTime) return unwell!;

            if (trouble is null || unwell is not null) continue;
            if (await IsConfirmedAsync(open, cancellationToken))
            {
                muteSince = null;
                trouble = refusal = null;
                LogConnected(topology.Broker);
            }
            else
            {
                muteSince ??= time.GetTimestamp();
                if (time.GetElapsedTime(muteSince.Value) >= MuteTime) return "nothing is confirmed";
            }
        }
    }

    // For nobody: the broker confirms it and lets go of it.
    private async Task<bool> IsConfirmedAsync(Connection open, CancellationToken cancellationToken)
    {
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(options.RabbitMq.ConfirmTime);
            await topology.SendAsync(open.Bus, new BrokerProbe(gateway), limit.Token).WaitAsync(limit.Token);
            return true;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private void Away(string why)
    {
        if (trouble is null) LogAway(topology.Broker, why);
        trouble = refusal ?? $"RabbitMQ at {topology.Broker} is away: {why}.";
    }

    private void Mute(string why)
    {
        if (trouble is null) LogNotConfirmed(topology.Broker, why);
        trouble ??= $"RabbitMQ at {topology.Broker} does not answer: {why}";
    }

    private async Task EndAsync(Connection open)
    {
        using var limit = new CancellationTokenSource(StopTime, time);
        try
        {
            await open.Bus.StopAsync(limit.Token).WaitAsync(limit.Token);
        }
        catch (Exception)
        {
            // A broker that is away cannot be told; what was not acknowledged it delivers again.
        }

        // Told or not: nothing comes to this bus any more, and what it had is another's.
        open.Line.Dispose();
    }

    // Confirmed by the broker or not: nobody waits for it here.
    private async Task SendAsync<T>(Connection open, T message, Action lost) where T : class
    {
        try
        {
            using var limit = new CancellationTokenSource(options.RabbitMq.ConfirmTime, time);
            await topology.SendAsync(open.Bus, message, limit.Token);
        }
        catch (Exception error)
        {
            // A boundary: nobody awaits this task. What the broker may or may not have is done here as well; everything can stand to come twice.
            if (current == open) Mute(Reason(error));
            lost();
        }
        finally
        {
            Interlocked.Decrement(ref underWay);
        }
    }

    private void Refuse(string why)
    {
        var sentence = $"RabbitMQ at {topology.Broker} was not connected to: {why}";
        if (refusal != sentence) LogRefused(topology.Broker, why);
        trouble = refusal = sentence;
    }

    // The innermost says what; those around it say that a connection was to be made.
    private string Reason(Exception error) => error.GetBaseException() switch
    {
        AuthenticationFailureException => $"it does not let {options.RabbitMq.Username} in with this password (Bus:RabbitMq:Username, Bus:RabbitMq:Password).",
        OperationCanceledException => "no answer in time.",
        var innermost => innermost.Message,
    };

    private sealed record Connection(IBusControl Bus, BrokerLine Line);
}
