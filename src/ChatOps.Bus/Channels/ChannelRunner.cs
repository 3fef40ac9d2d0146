using System.Collections.Concurrent;
using System.Globalization;
using ChatOps.Channels;
using ChatOps.Diagnostics;
using ChatOps.Secrets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatOps.Bus;

/// <summary>Runs the channels, each by itself: one that fails is started again after a growing pause, one that no retry mends rests until its secret changes, and the others do not notice.</summary>
internal sealed partial class ChannelRunner(
    ChannelDirectory channels, ChannelRestartOptions options, IRedactor redactor, TimeProvider time, ILogger<ChannelRunner> logger) : BackgroundService, IChannelStates
{
    private static readonly PartHealth NotStarted = new(PartState.Failed, "Not started.", new Dictionary<string, string>());

    private static readonly PartHealth Elsewhere = new(PartState.Ok, "Runs on the gateways with the role channels.", new Dictionary<string, string>());

    private readonly ConcurrentDictionary<string, PartHealth> states = new(StringComparer.Ordinal);

    public PartHealth Of(string channel)
    {
        if (channels.IsElsewhere(channel)) return Elsewhere;
        var running = states.GetValueOrDefault(channel, NotStarted);
        // While it runs it knows best how its connection is; once it has stopped, why it stopped is what counts.
        if (running.State != PartState.Ok || channels.Find(channel)?.Health is not { } own) return running;
        return own with { Summary = redactor.Redact(own.Summary), Facts = running.Facts.Concat(own.Facts).DistinctBy(f => f.Key).ToDictionary(f => f.Key, f => f.Value) };
    }

    public bool RunHere(string channel) => !channels.IsElsewhere(channel);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(channels.All.Where(channel => !channels.IsElsewhere(channel.Name)).Select(channel => KeepRunningAsync(channel, stoppingToken)));

    private async Task KeepRunningAsync(IChannel channel, CancellationToken cancellationToken)
    {
        var failures = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            var begun = time.GetTimestamp();
            SetState(channel, PartState.Ok, "Runs.", failures);
            var (reason, fatal) = await RunAsync(channel, cancellationToken);
            if (cancellationToken.IsCancellationRequested) break;
            if (fatal is not null)
            {
                SetState(channel, PartState.Failed, redactor.Redact(fatal.Message), failures + 1);
                await RestAsync(channel, fatal, cancellationToken);
                failures = 0;
                continue;
            }

            failures = time.GetElapsedTime(begun) >= options.StableAfter ? 1 : failures + 1;
            var delay = Backoff.Delay(failures, options.FirstDelay, options.MaxDelay, Random.Shared.NextDouble());
            SetState(channel, PartState.Failed, string.Create(CultureInfo.InvariantCulture,
                $"Stopped: {reason} It is started again at {time.GetUtcNow() + delay:HH:mm:ss} UTC."), failures);
            await Task.Delay(delay, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        SetState(channel, PartState.Failed, "The gateway stops.", failures);
    }

    // No retry mends it: it rests until somebody gives it another secret.
    private async Task RestAsync(IChannel channel, ChannelFatalException fatal, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var changes = fatal.Secrets.Select(secret => secret.ChangedAsync(secret.LastUsed, over.Token)).Append(Task.Delay(Timeout.Infinite, over.Token)).ToList();
        await Task.WhenAny(changes);
        if (!cancellationToken.IsCancellationRequested) LogSecretChanged(channel.Name);
        await over.CancelAsync();
        await Task.WhenAll(changes).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<(string Reason, ChannelFatalException? Fatal)> RunAsync(IChannel channel, CancellationToken cancellationToken)
    {
        try
        {
            // Yields first: a channel that works before its first await must not hold up the others.
            await Task.Yield();
            await channel.RunAsync(cancellationToken);
            if (!cancellationToken.IsCancellationRequested) LogEnded(channel.Name);
            return ("it ended by itself.", null);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ("", null);
        }
        catch (ChannelFatalException fatal)
        {
            LogFatal(channel.Name, redactor.Redact(fatal.Message));
            return ("", fatal);
        }
        catch (Exception error)
        {
            // A boundary: one platform's trouble is not the others'. What adapters throw may quote an address with a token in it.
            LogFailed(channel.Name, redactor.Redact(error.ToString()));
            return (redactor.Redact(error.Message).TrimEnd('.') + ".", null);
        }
    }

    private void SetState(IChannel channel, PartState state, string summary, int failures) => states[channel.Name] = new PartHealth(state, summary,
        new Dictionary<string, string>
        {
            ["since"] = time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
            ["failures"] = failures.ToString(CultureInfo.InvariantCulture),
        });
}
