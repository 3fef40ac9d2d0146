using ChatOps.Channels.Slack.Client;

namespace ChatOps.Channels.Slack;

/// <summary>What a message's delivery has come to: the parts that are there, and the answer for Delivery.</summary>
/// <param name="channel">Where.</param>
/// <param name="parts">What was there before.</param>
internal sealed class SlackSends(string channel, SlackParts parts)
{
    /// <summary>How long a message waits while the token does not work: it must not be lost because somebody is about to rotate it.</summary>
    public static readonly TimeSpan AuthRetry = TimeSpan.FromSeconds(30);

    private readonly List<string> messages = [.. parts.Messages];
    private readonly List<(string Key, string Id)> files = [.. parts.Files];

    public string Channel => channel;

    public List<string> Messages => messages;

    public List<(string Key, string Id)> Files => files;

    /// <summary>Everything went well.</summary>
    public SendResult Sent() => new(SendStatus.Sent, Id());

    /// <summary>A call did not go well; what arrived is kept.</summary>
    /// <param name="reply">The answer.</param>
    /// <param name="repeatable">Whether the call does no harm when it is made again.</param>
    public SendResult Failed(SlackReply reply, bool repeatable) => reply.Status switch
    {
        SlackReplyStatus.Limited => new SendResult(SendStatus.Retry, Id(), reply.RetryAfter ?? SlackHttp.DefaultRetryAfter, "Slack limits the rate."),
        SlackReplyStatus.NotSent => new SendResult(SendStatus.Retry, Id(), reply.RetryAfter, Sentence(reply)),
        SlackReplyStatus.Unsure when repeatable => new SendResult(SendStatus.Retry, Id(), null, Sentence(reply)),
        SlackReplyStatus.Unsure => new SendResult(SendStatus.Ambiguous, Id(), null, $"{Sentence(reply)} It may have arrived.") { SaidFailed = SlackErrors.IsFailure(reply.Error) },
        _ when SlackErrors.IsAuth(reply.Error) => new SendResult(SendStatus.Retry, Id(), AuthRetry, $"{SlackErrors.Describe(reply.Error)} {SlackErrors.Remedy(reply.Error)}"),
        _ => new SendResult(SendStatus.Rejected, Id(), null, SlackErrors.Describe(reply.Error)),
    };

    private string? Id() => new SlackParts(messages, files).Id;

    private static string Sentence(SlackReply reply) => reply.Error is { } error && error.Contains(' ', StringComparison.Ordinal) ? error : SlackErrors.Describe(reply.Error);
}
