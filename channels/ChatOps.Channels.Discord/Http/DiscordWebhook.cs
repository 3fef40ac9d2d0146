using System.Text.Json;

namespace ChatOps.Channels.Discord;

/// <summary>Discord's signed calls. Nothing of a body is read before its signature is known to be good: Discord sends bad ones on purpose and takes the address away from who accepts them.</summary>
internal sealed class DiscordWebhook(DiscordOptions options, DiscordInteractions interactions, DiscordHealth health, TimeProvider time) : IWebhook
{
    private static readonly WebhookAnswer Unsigned = new(401);
    private static readonly WebhookAnswer Off = new(404);
    private static readonly WebhookAnswer NotUnderstood = new(400);
    private static readonly WebhookAnswer Later = new(503);

    public string Path => "discord/interactions";

    public async Task<WebhookAnswer> ReceiveAsync(WebhookRequest request, CancellationToken cancellationToken)
    {
        if (options.Mode != DiscordMode.Http) return Off;
        if (request.Method != "POST" || !DiscordSignature.IsValid(options.PublicKey, request.Headers, request.Body.Span, time.GetUtcNow())) return Unsigned;
        health.Event();
        if (DiscordJson.TryRead<DiscordPing>(request.Body.Span) is { Type: InteractionKind.Ping }) return Json(new InteractionAnswer(InteractionKind.Pong));
        if (DiscordJson.TryRead<DiscordInteraction>(request.Body.Span) is not { } interaction) return NotUnderstood;
        var outcome = await interactions.HandleAsync(interaction, cancellationToken);
        if (outcome.Answer is null) return Later;
        // It is on its way when this returns. What follows is refused by Discord while it has not arrived, and then goes by the bot's own token.
        outcome.Handle?.Answer(arrived: true);
        return Json(outcome.Answer);
    }

    private static WebhookAnswer Json(InteractionAnswer answer) => new(200, "application/json", JsonSerializer.SerializeToUtf8Bytes(answer, DiscordJson.Options));
}
