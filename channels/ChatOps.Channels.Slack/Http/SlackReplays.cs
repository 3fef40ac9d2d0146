using System.Buffers.Binary;

namespace ChatOps.Channels.Slack.Http;

/// <summary>
/// The signatures that were answered within the window: a signed call is good for five minutes, and somebody who has seen it must not send it again. Bounded; the oldest make
/// room, and behind it the inbox still takes each event once.
/// </summary>
internal sealed class SlackReplays(TimeProvider time)
{
    /// <summary>How many are kept.</summary>
    public const int Capacity = 100_000;

    private readonly Lock gate = new();
    private readonly HashSet<UInt128> seen = [];
    private readonly Queue<(UInt128 Print, long At)> order = new();

    /// <summary>Whether a call with this signature was answered already.</summary>
    public bool Has(byte[] signature)
    {
        lock (gate) return seen.Contains(Print(signature));
    }

    /// <summary>It is answered now.</summary>
    public void Note(byte[] signature)
    {
        lock (gate)
        {
            var now = time.GetTimestamp();
            // A stamp may be ahead by the window, so a signature is good for twice as long.
            while (order.Count > 0 && (order.Count >= Capacity || time.GetElapsedTime(order.Peek().At, now) > SlackSignature.Window * 2)) seen.Remove(order.Dequeue().Print);
            if (seen.Add(Print(signature))) order.Enqueue((Print(signature), now));
        }
    }

    private static UInt128 Print(byte[] signature) => BinaryPrimitives.ReadUInt128LittleEndian(signature);
}
