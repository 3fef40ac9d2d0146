using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace ChatOps.Benchmarks.Message;

/// <summary>People who say something at a fixed rate, each in a conversation of their own, and wait for the reply on its event stream.</summary>
internal sealed class MessageLoad : IDisposable
{
    private static readonly TimeSpan ReplyLimit = TimeSpan.FromSeconds(15);

    private readonly HttpClient http;
    private readonly int conversations;
    private readonly ConcurrentDictionary<string, TaskCompletionSource<long>> replies = new();
    private readonly CancellationTokenSource closing = new();
    private readonly List<Task> listening = [];
    private int said;

    /// <summary>How its conversations are called.</summary>
    public string Prefix { get; init; } = "load";

    /// <summary>What is said.</summary>
    public string Text { get; init; } = "/status";

    /// <summary>Creates it.</summary>
    public MessageLoad(string url, string key, int conversations)
    {
        this.conversations = conversations;
        http = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false }) { BaseAddress = new Uri(url), Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>Opens the event stream of every conversation; from then on no reply is missed.</summary>
    public async Task ListenAsync()
    {
        var ready = Enumerable.Range(0, conversations).Select(_ => new TaskCompletionSource()).ToArray();
        for (var i = 0; i < conversations; i++) listening.Add(ListenAsync(Conversation(i), ready[i]));
        await Task.WhenAll(ready.Select(r => r.Task)).WaitAsync(ReplyLimit);
    }

    /// <summary>Says it at a rate for a time, and answers with the milliseconds until each reply.</summary>
    public async Task<List<double>> AskAsync(double perSecond, TimeSpan duration)
    {
        var sent = await AtRateAsync(perSecond, duration);
        var limit = Task.Delay(ReplyLimit, TimeProvider.System);
        foreach (var (id, _, _) in sent)
        {
            if (await Task.WhenAny(Reply(id).Task, limit) == limit) throw new InvalidOperationException($"{sent.Count(s => !Reply(s.Id).Task.IsCompleted)} of {sent.Length} messages had no reply.");
        }

        return [.. sent.Select(s => Milliseconds(s.Began, Reply(s.Id).Task.Result))];
    }

    /// <summary>Says it in every conversation as soon as the one before was answered, for a time, and answers with the replies a second.</summary>
    public async Task<double> SaturateAsync(TimeSpan duration)
    {
        var began = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, conversations).Select(async conversation =>
        {
            var count = 0;
            for (; Stopwatch.GetElapsedTime(began) < duration; count++)
            {
                var (id, _, _) = await SayAsync((Interlocked.Increment(ref said) * conversations) + conversation);
                await Reply(id).Task.WaitAsync(ReplyLimit);
            }

            return count;
        }));
        return counts.Sum() / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    /// <summary>The same, but waits only for the answer to each request.</summary>
    public async Task<List<double>> PostAsync(double perSecond, TimeSpan duration) => [.. (await AtRateAsync(perSecond, duration)).Select(s => Milliseconds(s.Began, s.Answered))];

    /// <inheritdoc/>
    public void Dispose()
    {
        closing.Cancel();
        http.Dispose();
        closing.Dispose();
    }

    private static double Milliseconds(long from, long to) => (to - from) * 1000.0 / Stopwatch.Frequency;

    private TaskCompletionSource<long> Reply(string message) => replies.GetOrAdd(message, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

    private string Conversation(int number) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}-{number}");

    private async Task<(string Id, long Began, long Answered)[]> AtRateAsync(double perSecond, TimeSpan duration)
    {
        var count = (int)(perSecond * duration.TotalSeconds);
        var sending = new List<Task<(string, long, long)>>(count);
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            var wait = TimeSpan.FromSeconds(i / perSecond) - Stopwatch.GetElapsedTime(began);
            if (wait > TimeSpan.Zero) await Task.Delay(wait, TimeProvider.System);
            sending.Add(SayAsync(said++));
        }

        return await Task.WhenAll(sending);
    }

    private async Task<(string Id, long Began, long Answered)> SayAsync(int number)
    {
        var body = string.Create(CultureInfo.InvariantCulture, $"{{\"conversation\":\"{Conversation(number % conversations)}\",\"clientId\":\"{Prefix}-m-{number}\",\"text\":\"{Text}\"}}");
        var began = Stopwatch.GetTimestamp();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri("/api/chat/messages", UriKind.Relative), content);
        var text = await answer.Content.ReadAsStringAsync();
        var answered = Stopwatch.GetTimestamp();
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"A message was not accepted: {text}");
        using var json = JsonDocument.Parse(text);
        return (json.RootElement.GetProperty("message").GetString()!, began, answered);
    }

    private async Task ListenAsync(string conversation, TaskCompletionSource ready)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/chat/{conversation}/events");
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, closing.Token);
            answer.EnsureSuccessStatusCode();
            using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(closing.Token));
            while (await reader.ReadLineAsync(closing.Token) is { } line)
            {
                var now = Stopwatch.GetTimestamp();
                using var json = JsonDocument.Parse(line);
                var kind = json.RootElement.GetProperty("event").GetString();
                if (kind == "ready") ready.TrySetResult();
                else if (kind == "message" && json.RootElement.TryGetProperty("answers", out var answers)) Reply(answers.GetString()!).TrySetResult(now);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or HttpRequestException or IOException or ObjectDisposedException)
        {
            // The end; or, before the stream is ready, a failure that the benchmark reports.
            ready.TrySetException(e);
        }
    }
}
