namespace ChatOps.Channels.Discord;

/// <summary>
/// When the next call may be made: per bucket (the hash that Discord names, with the top-level resource), for all calls together, and not at all when too many calls were
/// refused: 10,000 refusals in ten minutes get an address banned.
/// </summary>
internal sealed class RateLimits(TimeProvider time)
{
    /// <summary>Calls per second; Discord's own limit is 50.</summary>
    public const int GlobalPerSecond = 45;

    /// <summary>Most buckets remembered; those whose window is over go first.</summary>
    public const int MaxBuckets = 2000;

    /// <summary>Refused calls within <see cref="InvalidWindow"/> after which nothing is sent until the window is over. Discord bans at 10,000.</summary>
    public const int MaxInvalid = 5000;

    /// <summary>See <see cref="MaxInvalid"/>.</summary>
    public static readonly TimeSpan InvalidWindow = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan GlobalWindow = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly Dictionary<string, string> hashes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Bucket> buckets = new(StringComparer.Ordinal);
    private readonly long origin = time.GetTimestamp();
    private TimeSpan globalUntil;
    private TimeSpan secondBegan;
    private int inSecond;
    private TimeSpan invalidBegan;
    private int invalid;

    private TimeSpan Now => time.GetElapsedTime(origin);

    /// <summary>How many refused calls the current window has seen.</summary>
    public int Invalid
    {
        get { lock (gate) return Now - invalidBegan >= InvalidWindow ? 0 : invalid; }
    }

    /// <summary>Takes a call's place; when that is not possible yet, nothing is taken and the time to wait is returned.</summary>
    /// <param name="route">The call.</param>
    /// <param name="passing">Whether it leaves the last place of its bucket to others.</param>
    public TimeSpan Reserve(RestRoute route, bool passing)
    {
        lock (gate)
        {
            var now = Now;
            if (invalid >= MaxInvalid && now - invalidBegan < InvalidWindow) return invalidBegan + InvalidWindow - now;
            if (route.Authorized && now < globalUntil) return globalUntil - now;
            var bucket = Of(route);
            if (bucket is not null)
            {
                if (now >= bucket.ResetAt) bucket.Remaining = bucket.Limit;
                if (bucket.Remaining <= (passing && bucket.Limit > 1 ? 1 : 0)) return bucket.ResetAt > now ? bucket.ResetAt - now : GlobalWindow;
            }

            if (route.Authorized)
            {
                if (now - secondBegan >= GlobalWindow) (secondBegan, inSecond) = (now, 0);
                if (inSecond >= GlobalPerSecond) return secondBegan + GlobalWindow - now;
                inSecond++;
            }

            if (bucket is not null)
            {
                bucket.Remaining--;
                // Until the answer says when it is full again.
                if (now >= bucket.ResetAt) bucket.ResetAt = now + GlobalWindow;
            }

            return TimeSpan.Zero;
        }
    }

    /// <summary>Learns from an answer.</summary>
    public void Note(RestRoute route, RateHeaders headers)
    {
        lock (gate)
        {
            if (headers.Bucket is not { } hash || headers.Limit is not { } limit || headers.Remaining is not { } remaining || headers.ResetAfter is not { } resetAfter) return;
            var now = Now;
            var known = Of(route);
            if (hashes.Count < MaxBuckets || hashes.ContainsKey(route.Key)) hashes[route.Key] = hash;
            var bucket = Add(Key(hash, route));
            if (bucket is null) return;
            // Answers may come in another order than the calls were made: the smallest number counts until the window is over.
            var sameWindow = ReferenceEquals(bucket, known) && now < bucket.ResetAt;
            bucket.Limit = Math.Max(1, limit);
            bucket.Remaining = sameWindow ? Math.Min(bucket.Remaining, remaining) : remaining;
            bucket.ResetAt = now + resetAfter;
        }
    }

    /// <summary>Discord said that the call was one too many.</summary>
    public void Exceeded(RestRoute route, RateHeaders headers, TimeSpan retryAfter, bool global)
    {
        lock (gate)
        {
            var until = Now + retryAfter;
            if (global)
            {
                globalUntil = until > globalUntil ? until : globalUntil;
                return;
            }

            if (headers.Bucket is { } hash && (hashes.Count < MaxBuckets || hashes.ContainsKey(route.Key))) hashes[route.Key] = hash;
            if ((Of(route) ?? Add(Key(hashes.GetValueOrDefault(route.Key, route.Key), route))) is not { } bucket) return;
            bucket.Remaining = 0;
            if (until > bucket.ResetAt) bucket.ResetAt = until;
        }
    }

    /// <summary>Discord refused a call: 401, 403, or 429 that is not shared.</summary>
    public void NoteInvalid()
    {
        lock (gate)
        {
            var now = Now;
            if (now - invalidBegan >= InvalidWindow) (invalidBegan, invalid) = (now, 0);
            invalid++;
        }
    }

    private Bucket? Of(RestRoute route) => buckets.GetValueOrDefault(Key(hashes.GetValueOrDefault(route.Key, route.Key), route));

    private Bucket? Add(string key)
    {
        if (buckets.TryGetValue(key, out var bucket)) return bucket;
        if (buckets.Count >= MaxBuckets)
        {
            var now = Now;
            foreach (var (old, _) in buckets.Where(b => b.Value.ResetAt <= now).ToList()) buckets.Remove(old);
            if (buckets.Count >= MaxBuckets) return null;
        }

        buckets.Add(key, bucket = new Bucket());
        return bucket;
    }

    private static string Key(string hash, RestRoute route) => hash + "\n" + route.Major;

    private sealed class Bucket
    {
        public int Limit { get; set; } = 1;

        public int Remaining { get; set; } = 1;

        public TimeSpan ResetAt { get; set; }
    }
}
