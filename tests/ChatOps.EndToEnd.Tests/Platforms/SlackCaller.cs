using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using ChatOps.Channels;
using ChatOps.Testing.Slack;

namespace ChatOps.EndToEnd.Platforms;

/// <summary>Slack in HTTP mode: calls the gateway's webhooks, signed.</summary>
internal sealed class SlackCaller(Team team) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly HttpClient client = new() { Timeout = Patience };

    public SlackSigner Signer { get; } = new(team.Slack.SigningSecret, TimeProvider.System);

    /// <summary>Calls once; 0 when there was no answer in Slack's three seconds.</summary>
    public async Task<int> CallAsync(string path, WebhookRequest request)
    {
        try
        {
            using var message = new HttpRequestMessage(new HttpMethod(request.Method), new Uri(team.Address, $"/webhooks/slack/{path}")) { Content = new ByteArrayContent(request.Body.ToArray()) };
            foreach (var (name, value) in request.Headers)
            {
                if (name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)) message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(value);
                else message.Headers.TryAddWithoutValidation(name, value);
            }

            using var answer = await client.SendAsync(message);
            return (int)answer.StatusCode;
        }
        catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException)
        {
            return 0;
        }
    }

    /// <summary>An event, once.</summary>
    public Task<int> EventAsync(JsonObject happened) => CallAsync("events", Signer.Event(happened));

    public void Dispose() => client.Dispose();
}
