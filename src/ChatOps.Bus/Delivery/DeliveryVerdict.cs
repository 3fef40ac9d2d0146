using System.Globalization;
using ChatOps.Channels;
using ChatOps.Storage;

namespace ChatOps.Bus;

/// <summary>Decides what a channel's answer means for a step. Pure.</summary>
internal static class DeliveryVerdict
{
    private const int MaxReasonLength = 500;

    /// <summary>Judges.</summary>
    /// <param name="result">The channel's answer.</param>
    /// <param name="repeats">What a repetition may do.</param>
    /// <param name="failures">Failures in a row, this one included, waits that the platform asked for not counted.</param>
    /// <param name="age">How old the step is.</param>
    /// <param name="options">The bounds.</param>
    /// <param name="jitter">From 0 to 1.</param>
    public static DeliveryEnd Judge(SendResult result, RepeatRule repeats, int failures, TimeSpan age, DeliveryOptions options, double jitter)
    {
        var reason = Shorten(result.Reason);
        switch (result.Status)
        {
            case SendStatus.Sent:
                return new DeliveryEnd(OutboxState.Sent, result.PlatformId) { Thread = result.Thread };
            case SendStatus.Rejected:
                return new DeliveryEnd(OutboxState.Failed, result.PlatformId, reason ?? "The channel refused it without a reason.");
            case SendStatus.Ambiguous when repeats == RepeatRule.Never && !result.SaidFailed:
                return new DeliveryEnd(OutboxState.Unknown, result.PlatformId, reason ?? "The connection broke while it was being sent; it may have arrived. Not sent again.");
            case SendStatus.Retry or SendStatus.Ambiguous:
                var delay = result.RetryAfter is { } asked && asked > TimeSpan.Zero
                    ? asked
                    : Backoff.Delay(failures, options.FirstRetryDelay, options.MaxRetryDelay, jitter);
                if (result.RetryAfter is null && failures >= options.MaxFailures)
                    return Dead(string.Create(CultureInfo.InvariantCulture, $"given up after {failures} tries"), reason, result.PlatformId);
                return age + delay > options.MaxAge
                    ? Dead(string.Create(CultureInfo.InvariantCulture, $"given up because it would be older than {options.MaxAge:d\\.hh\\:mm} at the next try"), reason, result.PlatformId)
                    : new DeliveryEnd(OutboxState.Pending, result.PlatformId, reason ?? "The channel could not send it now.", delay)
                        { Doubtful = result.Status == SendStatus.Ambiguous && repeats == RepeatRule.OnceMarked && !result.SaidFailed };
            default:
                throw new ArgumentOutOfRangeException(nameof(result), result.Status, "A send status that delivery does not know.");
        }
    }

    private static DeliveryEnd Dead(string why, string? reason, string? parts) =>
        new(OutboxState.Failed, parts, Shorten($"Not delivered: {why}. Last: {reason ?? "no reason given"}"));

    private static string? Shorten(string? reason) => reason?.Length > MaxReasonLength ? reason[..MaxReasonLength] : reason;
}
