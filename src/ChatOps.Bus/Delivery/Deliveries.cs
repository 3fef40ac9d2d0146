using ChatOps.Messages;
using ChatOps.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatOps.Bus;

/// <summary>All delivery in this process: one loop for each conversation that has something to send, none for the others.</summary>
internal sealed partial class Deliveries(DeliveryParts parts, ILogger<Deliveries> logger) : IHostedService, IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, ConversationDelivery> running = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource stopping = new();
    private readonly CancellationTokenSource aborting = new();
    private readonly SemaphoreSlim sends = new(parts.Options.MaxConcurrentSends);

    /// <summary>How many conversations are being delivered to.</summary>
    public int Running
    {
        get { lock (gate) return running.Count; }
    }

    /// <summary>There may be something to send in a conversation.</summary>
    public void Wake(string conversationId)
    {
        if (parts.Channels.IsElsewhere(ConversationKey.Parse(conversationId).Channel)) return;
        lock (gate)
        {
            if (stopping.IsCancellationRequested) return;
            if (running.TryGetValue(conversationId, out var delivery))
            {
                delivery.Wake();
                return;
            }

            delivery = new ConversationDelivery(conversationId, parts, sends, stopping.Token, aborting.Token);
            running.Add(conversationId, delivery);
            delivery.Completion = Task.Run(() => RunAsync(delivery), CancellationToken.None);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Begins no new send; lets those under way end, for a while; what still hangs then is found unfinished at the next start.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Task all;
        lock (gate)
        {
            stopping.Cancel();
            all = Task.WhenAll(running.Values.Select(d => d.Completion));
        }

        var grace = Task.Delay(parts.Options.StopGrace, parts.Time, cancellationToken);
        await Task.WhenAny(all, grace);
        await aborting.CancelAsync();
        await all.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose()
    {
        stopping.Dispose();
        aborting.Dispose();
        sends.Dispose();
    }

    private async Task RunAsync(ConversationDelivery delivery)
    {
        try
        {
            do await delivery.RunAsync();
            while (!TryRetire(delivery));
        }
        catch (OperationCanceledException) when (aborting.IsCancellationRequested)
        {
            Retire(delivery);
        }
        catch (StoreUnavailableException error)
        {
            LogStoreAway(delivery.ConversationId, error.Message);
            Retire(delivery);
        }
        catch (Exception error)
        {
            // A boundary: nobody awaits the loop. The step stays as it is in the store, and the recovery sweep wakes the conversation again.
            LogLoopFailed(error, delivery.ConversationId);
            Retire(delivery);
        }
    }

    // A wake-up that came after the loop's last look must not be lost: looking at the flag and leaving happen under the lock that waking takes.
    private bool TryRetire(ConversationDelivery delivery)
    {
        lock (gate)
        {
            if (delivery.TakeWake() && !stopping.IsCancellationRequested) return false;
            running.Remove(delivery.ConversationId);
            return true;
        }
    }

    private void Retire(ConversationDelivery delivery)
    {
        lock (gate) running.Remove(delivery.ConversationId);
    }
}
