using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace ChatOps.Testing.Discord;

/// <summary>The server's rate limits: a bucket for each route and top-level resource, with the headers that Discord sends.</summary>
internal sealed class DiscordBuckets(TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, (DateTimeOffset Reset, int Used)> windows = [];

    /// <summary>Calls of one bucket within <see cref="Window"/>.</summary>
    public int Limit { get; set; } = 50;

    /// <summary>See <see cref="Limit"/>.</summary>
    public TimeSpan Window { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Counts a call and says so in the headers; false when it is one too many.</summary>
    public bool Take(string route, string major, IHeaderDictionary headers, out double retryAfter)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            var key = route + "/" + major;
            if (!windows.TryGetValue(key, out var window) || now >= window.Reset) window = (now + Window, 0);
            window.Used++;
            windows[key] = window;
            retryAfter = (window.Reset - now).TotalSeconds;
            headers["X-RateLimit-Bucket"] = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(route)), 0, 8).ToLowerInvariant();
            headers["X-RateLimit-Limit"] = Limit.ToString(CultureInfo.InvariantCulture);
            headers["X-RateLimit-Remaining"] = Math.Max(0, Limit - window.Used).ToString(CultureInfo.InvariantCulture);
            headers["X-RateLimit-Reset"] = (window.Reset.ToUnixTimeMilliseconds() / 1000.0).ToString("0.000", CultureInfo.InvariantCulture);
            headers["X-RateLimit-Reset-After"] = retryAfter.ToString("0.000", CultureInfo.InvariantCulture);
            return window.Used <= Limit;
        }
    }
}
