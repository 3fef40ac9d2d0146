using System.Globalization;

namespace ChatOps.Console.Text;

/// <summary>Times and sizes as people say them.</summary>
internal static class Durations
{
    /// <summary><c>now</c>, <c>40 s ago</c>, <c>in 12 min</c>, <c>3 h ago</c>, <c>5 d ago</c>.</summary>
    public static string Relative(DateTimeOffset at, DateTimeOffset now)
    {
        var past = now - at;
        var span = past.Duration();
        if (span.TotalSeconds < 5) return "now";
        var text = SpanText.Of(span);
        return past > TimeSpan.Zero ? $"{text} ago" : $"in {text}";
    }

    public static string Absolute(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    public static string Bytes(long bytes) => bytes switch
    {
        < 1024 => $"{bytes} B",
        < 1024 * 1024 => $"{bytes / 1024.0:0.#} KiB",
        _ => $"{bytes / 1024.0 / 1024.0:0.#} MiB",
    };
}
