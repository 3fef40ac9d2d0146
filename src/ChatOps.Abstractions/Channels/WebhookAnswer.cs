namespace ChatOps.Channels;

/// <summary>The answer to a webhook's call.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="ContentType">Of the body; null without one.</param>
/// <param name="Body">The body.</param>
public sealed record WebhookAnswer(int Status, string? ContentType = null, ReadOnlyMemory<byte> Body = default)
{
    /// <summary>200 without a body.</summary>
    public static readonly WebhookAnswer Ok = new(200);
}
