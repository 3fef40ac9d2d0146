using System.Collections.Concurrent;
using System.Text;

namespace ChatOps.Testing.Telegram;

public sealed partial class TelegramServer
{
    private static readonly TimeSpan DeliveryTimeout = TimeSpan.FromSeconds(20);

    private readonly HttpClient sender = new() { Timeout = DeliveryTimeout };
    private readonly ConcurrentDictionary<long, (DateTimeOffset NotBefore, int Failures)> paused = new();
    private readonly ConcurrentQueue<(long Update, int Status)> deliveries = new();
    private Task webhookLoop = Task.CompletedTask;

    /// <summary>What the webhook answered, in order.</summary>
    public IReadOnlyList<(long Update, int Status)> Deliveries => [.. deliveries];

    /// <summary>How long the second repetition of a failed delivery waits (the first does not); it doubles. Telegram's is 2 seconds.</summary>
    public TimeSpan WebhookRetry { get; set; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Begins to deliver to the webhook; in order, and a failing update holds up its own chat alone.</summary>
    public void DeliverToWebhook() => webhookLoop = DeliverAsync();

    private async Task DeliverAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            var change = queue.Changed;
            var now = time.GetUtcNow();
            var next = webhookUrl.Length == 0 ? null : queue.Next(u => paused.GetValueOrDefault(QueueOf(u)).NotBefore <= now);
            if (next is not { } due)
            {
                await Task.WhenAny(change, Task.Delay(TimeSpan.FromMilliseconds(5), stopping.Token));
                continue;
            }

            var status = await PostAsync(due.Update.ToJsonString());
            var chat = QueueOf(due.Update);
            deliveries.Enqueue((due.Id, status));
            if (status is >= 200 and < 300)
            {
                paused.TryRemove(chat, out _);
                queue.Confirm(due.Id);
                continue;
            }

            var failures = paused.GetValueOrDefault(chat).Failures + 1;
            paused[chat] = (now + (failures == 1 ? TimeSpan.Zero : WebhookRetry * Math.Pow(2, Math.Min(failures, 8) - 2)), failures);
        }
    }

    private async Task<int> PostAsync(string body)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, webhookUrl) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            if (webhookSecret is { } secret) request.Headers.Add("X-Telegram-Bot-Api-Secret-Token", secret);
            using var response = await sender.SendAsync(request, stopping.Token);
            return (int)response.StatusCode;
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            return 0;
        }
    }

    private static long QueueOf(System.Text.Json.Nodes.JsonObject update) =>
        update["message"]?["chat"]?["id"]?.GetValue<long>() ?? update["callback_query"]?["from"]?["id"]?.GetValue<long>() ?? 0;
}
