using System.Diagnostics;
using System.Diagnostics.Tracing;
using System.Collections.Concurrent;
using ChatOps.Channels.Telegram.Client;
using ChatOps.Messages;
using ChatOps.Testing;
using ChatOps.Testing.Telegram;

namespace ChatOps.Channels.Tests.Telegram;

/// <summary>Telegram wants the token in every address. It must not be found anywhere else.</summary>
public sealed class TelegramTokenTests
{
    [Fact]
    public async Task The_token_appears_in_no_log_trace_event_exception_result_health_or_state()
    {
        using var activities = new ActivityTap();
        using var events = new EventTap();
        await using var bench = await TelegramBench.StartAsync(change: o => o.PollTimeout = TimeSpan.FromSeconds(1));
        var chat = bench.Server.Direct(TelegramBench.Ada);
        var said = new List<string>();
        bench.Server.SendFile(chat, TelegramBench.Ada, "voice", "OggS"u8.ToArray(), f => f["duration"] = 1);
        await Until.TrueAsync(() => bench.Accepted.Count == 1);
        foreach (var fault in Faults("sendMessage"))
        {
            bench.Server.Fail(fault);
            said.Add((await bench.Channel.SendAsync(Some.Outbound(TelegramBench.In(chat), RichMessage.Text("m")), CancellationToken.None)).ToString());
        }

        foreach (var fault in Faults("download").Concat(Faults("getFile")))
        {
            bench.Server.Fail(fault);
            said.Add((await bench.Channel.FetchFileAsync(bench.Accepted[0].Context.Files[0], new MemoryStream(), 1_000, CancellationToken.None)).ToString());
        }

        foreach (var fault in Faults("getUpdates")) bench.Server.Fail(fault);
        await Until.TrueAsync(() => bench.Channel.Health!.State == Diagnostics.PartState.Degraded);
        said.Add(bench.Channel.Health!.ToString());
        said.Add(string.Join(' ', bench.Channel.Health.Facts));
        await bench.StopAsync();
        await using (var away = await TelegramBench.StartAsync(bench.Server, o => o.ApiBase = new Uri("http://127.0.0.1:9"), run: false))
        {
            said.Add((await away.Channel.SendAsync(Some.Outbound(TelegramBench.In(chat), RichMessage.Text("m")), CancellationToken.None)).ToString());
            said.AddRange(away.Logs.Lines);
        }

        said.AddRange(bench.Logs.Lines);
        said.AddRange(bench.State.Values);
        said.AddRange(activities.Seen);
        said.AddRange(events.Seen);
        Assert.InRange(said.Count, 20, int.MaxValue);
        Assert.Contains(events.Seen, e => e.Contains("/bot/sendMessage", StringComparison.Ordinal));
        var secret = bench.Secrets.Token.Split(':')[1];
        Assert.DoesNotContain(said, s => s.Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_error_that_quotes_the_token_is_told_without_it()
    {
        await using var bench = await TelegramBench.StartAsync();
        var chat = bench.Server.Direct(TelegramBench.Ada);
        bench.Server.Fail(new TelegramFault { Method = "sendMessage", Status = 400, Body = $$"""{"ok":false,"error_code":400,"description":"Bad Request: bot{{bench.Server.Token}} is odd"}""" });
        var result = await bench.SendAsync(chat, new TextBlock("m"));
        Assert.Equal("Telegram refused it: Bad Request: bot[token] is odd", result.Reason);
    }

    [Fact]
    public void A_request_shows_no_token_to_whoever_looks_at_it()
    {
        var root = new Uri("https://api.telegram.org/");
        Assert.Equal("https://api.telegram.org/bot/getMe", TokenHandler.Method(root, "getMe").AbsoluteUri);
        Assert.Equal("https://api.telegram.org/file/bot/voice/a%20b.oga", TokenHandler.File(root, "voice/a b.oga").AbsoluteUri);
        Assert.Equal("http://localhost:8081/proxy/bot/getMe", TokenHandler.Method(new Uri("http://localhost:8081/proxy"), "getMe").AbsoluteUri);
    }

    private static IEnumerable<TelegramFault> Faults(string method) =>
    [
        new() { Method = method, Cut = true },
        new() { Method = method, Status = 500, Body = "<html>" },
        new() { Method = method, Status = 302, Body = "" },
        new() { Method = method, Status = 404, Body = "" },
        new() { Method = method, Status = 200, Body = "{\"ok\":true" },
    ];

    private sealed class ActivityTap : IDisposable
    {
        private readonly ActivityListener listener;
        private readonly ConcurrentQueue<string> seen = new();

        public ActivityTap()
        {
            listener = new ActivityListener
            {
                ShouldListenTo = _ => true,
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = a => seen.Enqueue($"{a.DisplayName} {string.Join(' ', a.TagObjects)}"),
            };
            ActivitySource.AddActivityListener(listener);
        }

        // The loopback server is in this process too; its side of a call is Telegram's own.
        public IReadOnlyList<string> Seen => [.. seen.Where(s => !s.Contains("AspNetCore", StringComparison.Ordinal) && !s.StartsWith("POST /", StringComparison.Ordinal) && !s.Contains("url.path", StringComparison.Ordinal))];

        public void Dispose() => listener.Dispose();
    }

    private sealed class EventTap : EventListener
    {
        private readonly ConcurrentQueue<string> seen = new();

        public IReadOnlyList<string> Seen => [.. seen];

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name is "System.Net.Http" or "System.Net.Sockets" or "System.Net.NameResolution" or "System.Net.Security") EnableEvents(eventSource, EventLevel.LogAlways);
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData) => seen.Enqueue($"{eventData.EventName} {string.Join(' ', eventData.Payload ?? Array.Empty<object?>().AsReadOnly())}");
    }
}
