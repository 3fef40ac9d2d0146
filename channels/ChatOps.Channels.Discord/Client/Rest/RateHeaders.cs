using System.Globalization;
using System.Net.Http.Headers;

namespace ChatOps.Channels.Discord;

/// <summary>What an answer says about rates.</summary>
/// <param name="Bucket">The bucket's name; null when it does not say.</param>
/// <param name="Limit">How many calls the bucket holds.</param>
/// <param name="Remaining">How many are left.</param>
/// <param name="ResetAfter">When it is full again.</param>
/// <param name="Scope"><c>user</c>, <c>global</c> or <c>shared</c>.</param>
/// <param name="Global">Whether all of the bot's calls are meant.</param>
/// <param name="RetryAfter">The plain HTTP header.</param>
internal sealed record RateHeaders(string? Bucket, int? Limit, int? Remaining, TimeSpan? ResetAfter, string? Scope, bool Global, TimeSpan? RetryAfter)
{
    /// <summary>No platform asks for more; a larger number is a fault.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromHours(24);

    /// <summary>Reads the headers; what is not a number is not there.</summary>
    public static RateHeaders Of(HttpResponseHeaders headers) => new(
        Text(headers, "X-RateLimit-Bucket"), Number(headers, "X-RateLimit-Limit"), Number(headers, "X-RateLimit-Remaining"), Span(headers, "X-RateLimit-Reset-After"),
        Text(headers, "X-RateLimit-Scope"), Text(headers, "X-RateLimit-Global") == "true", Span(headers, "Retry-After"));

    /// <summary>A number of seconds as a time within bounds; null for what is none.</summary>
    public static TimeSpan? Seconds(double? seconds) =>
        seconds is { } s && double.IsFinite(s) && s >= 0 ? TimeSpan.FromSeconds(Math.Min(s, MaxWait.TotalSeconds)) : null;

    private static string? Text(HttpResponseHeaders headers, string name) => headers.TryGetValues(name, out var values) ? values.First() : null;

    private static int? Number(HttpResponseHeaders headers, string name) =>
        int.TryParse(Text(headers, name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static TimeSpan? Span(HttpResponseHeaders headers, string name) =>
        double.TryParse(Text(headers, name), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) ? Seconds(seconds) : null;
}
