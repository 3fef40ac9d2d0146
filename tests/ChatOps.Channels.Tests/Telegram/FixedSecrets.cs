using ChatOps.Secrets;

namespace ChatOps.Channels.Tests.Telegram;

/// <summary>Secrets that a test can rotate.</summary>
internal sealed class FixedSecrets(string token) : ISecretReferences
{
    public const string TokenReference = "${env:TELEGRAM_TOKEN}";
    public const string WebhookReference = "${env:TELEGRAM_WEBHOOK}";

    public string Token { get; set; } = token;

    public string Webhook { get; set; } = "webhook-secret-0123456789_abcdef";

    public SecretResolution Resolve(string value) => value switch
    {
        TokenReference when Token.Length > 0 => SecretResolution.Found(Token, true),
        WebhookReference => SecretResolution.Found(Webhook, true),
        _ => SecretResolution.Failed($"{value} is not set."),
    };
}
