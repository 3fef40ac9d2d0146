using ChatOps.Channels.Telegram.Client;
using ChatOps.Diagnostics;
using ChatOps.Storage;
using Microsoft.Extensions.Logging;

namespace ChatOps.Channels.Telegram;

/// <summary>
/// Asks for updates, hands them in, and confirms what was committed by asking for the next. The chats of a batch do not wait for each other; the messages of one chat do.
/// </summary>
internal sealed partial class TelegramPoller(TelegramLink link, TelegramReceiver receiver, ILogger<TelegramPoller> logger)
{
    private const int MaxBatch = 100;
    private const int MaxChatsAtOnce = 16;

    private static readonly TimeSpan MaxDelay = TimeSpan.FromMinutes(1);
    private static readonly IReadOnlyList<string> Wanted = ["message", "callback_query"];

    /// <summary>The kinds of updates that are asked for.</summary>
    public static IReadOnlyList<string> WantedUpdates => Wanted;

    /// <summary>Polls until cancelled, or until Telegram no longer accepts the token.</summary>
    public async Task RunAsync(TgUser me, ILead lead, CancellationToken cancellationToken)
    {
        long? offset = null;
        var failures = 0;
        // The first question, and the first after a failure, does not wait: it tells soon whether all is well.
        var patience = 0;
        while (true)
        {
            await LeadsAsync(lead, cancellationToken);
            var request = new TgRequest { Offset = offset, Limit = MaxBatch, Timeout = patience, AllowedUpdates = Wanted };
            var answer = await link.Client.GetUpdatesAsync(request, cancellationToken);
            if (answer.IsBadToken) return;
            var delay = TimeSpan.Zero;
            if (answer.Result is { } batch)
            {
                var (next, whole) = await HandleAsync(batch, offset, me, cancellationToken);
                failures = whole ? 0 : failures + 1;
                if (whole)
                {
                    if (link.Health.Connected()) LogConnected(me.Username ?? "");
                }
                else
                {
                    Trouble(PartState.Degraded, "Messages cannot be stored now; Telegram keeps them, and they are taken when the store is back.");
                    delay = Delay(failures);
                }

                offset = next;
                patience = whole ? (int)link.Options.PollTimeout.TotalSeconds : 0;
            }
            else
            {
                delay = Rest(answer, ++failures);
                patience = 0;
            }

            if (delay > TimeSpan.Zero) await Task.Delay(delay, link.Time, cancellationToken);
        }
    }

    // A question confirms what came before it and ends the question of anybody else: a gateway that was stopped for a while must not ask it because it once led.
    private async Task LeadsAsync(ILead lead, CancellationToken cancellationToken)
    {
        for (var failures = 1; ; failures++)
        {
            try
            {
                if (await lead.HoldsAsync(cancellationToken)) return;
                throw new OperationCanceledException("Another gateway polls now.");
            }
            catch (StoreUnavailableException)
            {
                Trouble(PartState.Degraded, "Whether this gateway may poll cannot be read from the store; it asks Telegram nothing until it can.");
                await Task.Delay(Delay(failures), link.Time, cancellationToken);
            }
        }
    }

    private TimeSpan Rest<T>(TgAnswer<T> answer, int failures)
    {
        if (answer is { Outcome: TgOutcome.Refused, Code: 409 })
        {
            // Whoever asked last has the updates: to ask again at once would take them away from each other for ever.
            Trouble(PartState.Degraded, answer.Reason.Contains("webhook", StringComparison.OrdinalIgnoreCase)
                ? "A webhook is set for this bot, so Telegram gives no updates to polling. End the other gateway, or set Channels:Telegram:Mode to Webhook."
                : "Another program polls with this bot's token. This gateway steps back and tries again; end the other one, or give it a bot of its own.");
            return link.Options.ConflictDelay * (1 + Random.Shared.NextDouble() / 4);
        }

        var delay = answer.IsTooFast ? answer.RetryAfter ?? TelegramPace.UnsaidPause : Delay(failures);
        Trouble(PartState.Degraded, $"No updates: {answer.Reason}");
        return delay;
    }

    private TimeSpan Delay(int failures)
    {
        var full = link.Options.FirstRetryDelay * Math.Pow(2, Math.Min(failures, 20) - 1);
        return (full < MaxDelay ? full : MaxDelay) * (0.75 + Random.Shared.NextDouble() / 4);
    }

    private void Trouble(PartState state, string why)
    {
        if (link.Health.Trouble(state, why)) LogTrouble(why);
    }

    /// <summary>Hands a batch in.</summary>
    /// <returns>From where to go on, and whether all of it was taken.</returns>
    private async Task<(long? Next, bool Whole)> HandleAsync(IReadOnlyList<TgUpdate?> batch, long? offset, TgUser me, CancellationToken cancellationToken)
    {
        var numbered = batch.OfType<TgUpdate>().ToList();
        if (numbered.Count < batch.Count) await receiver.ReceiveAsync(null, me, cancellationToken);
        // Updates without a number cannot be confirmed; a list of nothing else is a fault, and asking again at once would not mend it.
        if (numbered.Count == 0) return (offset, batch.Count == 0);
        var failed = new bool[numbered.Count];
        var chats = numbered.Select((update, at) => (update, at)).GroupBy(u => Queue(u.update));
        await Parallel.ForEachAsync(chats, new ParallelOptions { MaxDegreeOfParallelism = MaxChatsAtOnce, CancellationToken = cancellationToken }, async (chat, token) =>
        {
            foreach (var (update, at) in chat)
            {
                failed[at] = !await receiver.ReceiveAsync(update, me, token);
                // What comes after it in the same chat comes again too: the order is kept.
                if (failed[at]) break;
            }
        });
        var first = Array.IndexOf(failed, true);
        return first < 0 ? (numbered[^1].UpdateId + 1, true) : (numbered[first].UpdateId, false);
    }

    private static long Queue(TgUpdate update) => update.Message?.Chat?.Id ?? update.CallbackQuery?.Message?.Chat?.Id ?? update.CallbackQuery?.From?.Id ?? update.UpdateId;
}
