using System.Threading.Channels;
using ChatOps.Messages;

namespace ChatOps.Fleet.Far;

/// <summary>Brings what comes in over a link into the order of its numbers, each once. What stays missing, or is too much, breaks the link.</summary>
internal sealed class OrderedTraffic
{
    /// <summary>Messages that may wait here.</summary>
    public const int MaxWaiting = 1_024;

    /// <summary>How long a missing one is waited for while later ones are there.</summary>
    public static readonly TimeSpan GapTime = TimeSpan.FromSeconds(2);

    private readonly Channel<NodeTraffic> waiting = Channel.CreateBounded<NodeTraffic>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });
    private readonly Func<NodeTraffic, Task> take;
    private readonly Action broken;
    private readonly TimeProvider time;

    /// <summary>Begins.</summary>
    /// <param name="take">Takes each in its turn; the next waits for it.</param>
    /// <param name="broken">Called when the order cannot be kept.</param>
    /// <param name="time">The clock.</param>
    public OrderedTraffic(Func<NodeTraffic, Task> take, Action broken, TimeProvider time)
    {
        (this.take, this.broken, this.time) = (take, broken, time);
        _ = Task.Run(RunAsync);
    }

    /// <summary>One has come.</summary>
    public void Offer(NodeTraffic message)
    {
        if (!waiting.Writer.TryWrite(message) && !waiting.Reader.Completion.IsCompleted) broken();
    }

    /// <summary>Nothing is taken any more.</summary>
    public void Stop() => waiting.Writer.TryComplete();

    private async Task RunAsync()
    {
        var early = new SortedDictionary<long, NodeTraffic>();
        long next = 0;
        try
        {
            while (await ComesAsync(early.Count > 0))
            {
                while (waiting.Reader.TryRead(out var message))
                {
                    // One that was taken already came twice.
                    if (message.Number >= next) early[message.Number] = message;
                    if (early.Count > MaxWaiting) throw new TimeoutException();
                    while (early.Remove(next, out var now))
                    {
                        next++;
                        await take(now);
                    }
                }
            }
        }
        catch (TimeoutException)
        {
            broken();
        }
    }

    private async Task<bool> ComesAsync(bool hasGap)
    {
        var comes = waiting.Reader.WaitToReadAsync();
        return comes.IsCompleted || !hasGap ? await comes : await comes.AsTask().WaitAsync(GapTime, time);
    }
}
