namespace ChatOps.Channels.Slack.Client;

/// <summary>Until when Slack wants no call, by method and channel. Measured by the monotonic clock.</summary>
internal sealed class SlackDeadlines(TimeProvider time)
{
    /// <summary>How many are kept before those that are over are removed.</summary>
    private const int PruneAt = 1024;

    private readonly Lock gate = new();
    private readonly Dictionary<string, long> byBucket = new(StringComparer.Ordinal);

    /// <summary>How long a bucket is still closed; null when it is open.</summary>
    public TimeSpan? Wait(string bucket)
    {
        lock (gate)
        {
            if (!byBucket.TryGetValue(bucket, out var until)) return null;
            var left = time.GetElapsedTime(time.GetTimestamp(), until);
            if (left > TimeSpan.Zero) return left;
            byBucket.Remove(bucket);
            return null;
        }
    }

    /// <summary>Closes a bucket; never opens it earlier than it was said before.</summary>
    public void Close(string bucket, TimeSpan length)
    {
        lock (gate)
        {
            var now = time.GetTimestamp();
            if (byBucket.Count >= PruneAt) foreach (var (name, until) in byBucket.ToList()) if (until <= now) byBucket.Remove(name);
            var closed = now + (long)(length.TotalSeconds * time.TimestampFrequency);
            byBucket[bucket] = byBucket.TryGetValue(bucket, out var before) ? Math.Max(before, closed) : closed;
        }
    }

    /// <summary>How many buckets are closed now.</summary>
    public int Closed
    {
        get
        {
            lock (gate)
            {
                var now = time.GetTimestamp();
                return byBucket.Values.Count(until => until > now);
            }
        }
    }
}
