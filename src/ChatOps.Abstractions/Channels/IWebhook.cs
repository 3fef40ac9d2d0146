namespace ChatOps.Channels;

/// <summary>An address under <c>/webhooks/</c> that a platform calls. It proves by itself who calls: the host only bounds the body.</summary>
public interface IWebhook
{
    /// <summary>Behind <c>/webhooks/</c>, without a leading slash: <c>slack/events</c>.</summary>
    string Path { get; }

    /// <summary>Answers a call. What it accepts is committed before it returns.</summary>
    Task<WebhookAnswer> ReceiveAsync(WebhookRequest request, CancellationToken cancellationToken);
}
