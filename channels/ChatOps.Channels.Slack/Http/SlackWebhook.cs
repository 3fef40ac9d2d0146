using System.Text;
using ChatOps.Channels.Slack.Client;
using ChatOps.Tools;
using Microsoft.Extensions.Logging;

namespace ChatOps.Channels.Slack.Http;

/// <summary>
/// One of the addresses that Slack calls in HTTP mode. The signature is checked before anything is read; the answer goes out when the inbox has committed. What is not taken is
/// answered 503, and Slack calls again.
/// </summary>
internal sealed partial class SlackWebhook(SlackKind kind, SlackSignature signature, SlackReplays replays, SlackIntake intake, SlackDrops drops, SlackHealth health, ILogger<SlackWebhook> logger) : IWebhook
{
    private static readonly WebhookAnswer Forged = new(401);
    private static readonly WebhookAnswer Malformed = new(400);
    private static readonly WebhookAnswer Away = new(503);

    public string Path => kind switch
    {
        SlackKind.Event => "slack/events",
        SlackKind.Command => "slack/commands",
        _ => "slack/interactions",
    };

    public async Task<WebhookAnswer> ReceiveAsync(WebhookRequest request, CancellationToken cancellationToken)
    {
        if (request.Method != "POST") return new WebhookAnswer(405);
        if (signature.Verify(request.Headers, request.Body) is not { } signed || replays.Has(signed))
        {
            drops.Add("forged");
            return Forged;
        }

        var answer = await AnswerAsync(request.Body, cancellationToken);
        // What was not taken comes again, perhaps within the same second and so with the same signature.
        if (answer.Status < 500) replays.Note(signed);
        return answer;
    }

    private async Task<WebhookAnswer> AnswerAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var payload = Read(body);
        if (!payload.IsObject)
        {
            drops.Add("malformed");
            return Malformed;
        }

        if (kind == SlackKind.Event && payload.Text("type") == "url_verification") return new WebhookAnswer(200, "text/plain", Encoding.UTF8.GetBytes(payload.Text("challenge")));
        if (kind == SlackKind.Command && payload.Has("ssl_check")) return WebhookAnswer.Ok;
        health.Heard();
        var taken = await intake.TakeAsync(kind, payload, cancellationToken);
        if (!taken.Acknowledge) return Away;
        if (taken.After is { } after) _ = AfterAsync(after);
        return taken.Response is null ? WebhookAnswer.Ok : new WebhookAnswer(200, "application/json", Encoding.UTF8.GetBytes(taken.Response.ToJsonString(Json.Options)));
    }

    private SlackPayload Read(ReadOnlyMemory<byte> body)
    {
        if (kind == SlackKind.Event) return SlackPayload.Parse(body);
        var form = SlackForm.Parse(body.Span);
        return kind == SlackKind.Command ? form : SlackPayload.Parse(Encoding.UTF8.GetBytes(form.Text("payload")));
    }

    // The call is answered by then and its token with it; every call to Slack has its own limit.
    private async Task AfterAsync(Func<CancellationToken, Task> after)
    {
        try
        {
            await after(CancellationToken.None);
        }
        catch (Exception error)
        {
            // A boundary: nobody awaits it, and the event itself is acknowledged.
            LogFailed(error);
        }
    }

    [LoggerMessage(3230, LogLevel.Error, "What follows a call of Slack failed.")]
    private partial void LogFailed(Exception error);
}
