using ChatOps.Messages;

namespace ChatOps.Channels.Web;

/// <summary>Shows the passing states of each message at a bounded rate: the first at once, then the newest of each interval. Keeps nothing of messages that are quiet.</summary>
internal sealed class ProgressPace(WebOptions options, TimeProvider time) : IDisposable
{
    private readonly TimeSpan interval = TimeSpan.FromSeconds(1.0 / options.ProgressPerSecond);
    private readonly Lock gate = new();
    private readonly Dictionary<string, Pending> byMessage = new(StringComparer.Ordinal);

    /// <summary>Shows a state now, or the newest one when the interval is over.</summary>
    public void Show(string messageId, RichMessage content, Action<RichMessage> show)
    {
        lock (gate)
        {
            if (byMessage.TryGetValue(messageId, out var pending))
            {
                pending.Next = () => show(content);
                return;
            }

            var begun = new Pending();
            byMessage.Add(messageId, begun);
            begun.Timer = time.CreateTimer(_ => Tick(messageId, begun), null, interval, interval);
            show(content);
        }
    }

    /// <summary>The message has a lasting state now: what waits of the passing ones is old.</summary>
    public void Forget(string messageId)
    {
        lock (gate)
        {
            if (byMessage.TryGetValue(messageId, out var pending)) pending.Next = null;
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            foreach (var pending in byMessage.Values) pending.Timer?.Dispose();
            byMessage.Clear();
        }
    }

    private void Tick(string messageId, Pending pending)
    {
        lock (gate)
        {
            if (pending.Next is { } show)
            {
                pending.Next = null;
                show();
            }
            else if (byMessage.Remove(messageId))
            {
                pending.Timer?.Dispose();
            }
        }
    }

    private sealed class Pending
    {
        public ITimer? Timer { get; set; }

        public Action? Next { get; set; }
    }
}
