using System.Threading.Channels;

namespace ChatOps.Channels.Slack;

/// <summary>
/// Handles what comes in one chat in its order, and different chats side by side. Bounded: what finds no room, or has waited so long that Slack's three seconds are nearly
/// over, is left to Slack to deliver again, because shedding load is better than answering late.
/// </summary>
internal sealed class SlackLanes : IAsyncDisposable
{
    /// <summary>How many commit at the same time.</summary>
    public const int Count = 32;

    /// <summary>How many wait in one lane.</summary>
    public const int Capacity = 256;

    private readonly Channel<Func<Task>>[] lanes;
    private readonly Task workers;

    public SlackLanes(Action<Exception> failed)
    {
        lanes = [.. Enumerable.Range(0, Count).Select(_ => Channel.CreateBounded<Func<Task>>(new BoundedChannelOptions(Capacity) { SingleReader = true }))];
        workers = Task.WhenAll(lanes.Select(lane => WorkAsync(lane, failed)));
    }

    /// <summary>Queues work behind what came earlier from the same chat.</summary>
    /// <returns>False when there is no room.</returns>
    public bool TryAdd(string chat, Func<Task> work) => lanes[(int)((uint)string.GetHashCode(chat, StringComparison.Ordinal) % Count)].Writer.TryWrite(work);

    /// <summary>Takes nothing more and ends what is begun.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var lane in lanes) lane.Writer.TryComplete();
        await workers.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async Task WorkAsync(Channel<Func<Task>> lane, Action<Exception> failed)
    {
        await foreach (var work in lane.Reader.ReadAllAsync())
        {
            try
            {
                await work();
            }
            catch (OperationCanceledException)
            {
                // The channel stops; Slack delivers it again.
            }
            catch (Exception error)
            {
                // A boundary: one payload's trouble is not the next one's. It is not acknowledged.
                failed(error);
            }
        }
    }
}
