using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace ChatOps.Benchmarks.Slack;

/// <summary>Calls a program as Slack does: signed, and with a new id each time.</summary>
internal sealed class SlackCaller : IDisposable
{
    private const int People = 50;

    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false }) { Timeout = TimeSpan.FromSeconds(30) };
    private readonly byte[] secret;
    private readonly Uri commands;
    private readonly Uri events;
    private int number;

    /// <summary>Creates it.</summary>
    public SlackCaller(string signingSecret, Uri commands, Uri events)
    {
        secret = Encoding.UTF8.GetBytes(signingSecret);
        (this.commands, this.events) = (commands, events);
    }

    /// <summary>The actors that speak: <c>slack:T0BENCH:U0P0</c> and so on.</summary>
    public static IEnumerable<string> Actors => Enumerable.Range(0, People).Select(p => string.Create(CultureInfo.InvariantCulture, $"slack:T0BENCH:U0P{p}"));

    /// <summary>A slash command; answers with the milliseconds until its ack.</summary>
    public Task<double> CommandAsync()
    {
        var n = Interlocked.Increment(ref number);
        var body = string.Create(CultureInfo.InvariantCulture,
            $"token=t&team_id=T0BENCH&team_domain=bench&channel_id=D0C{n % People}&channel_name=directmessage&user_id=U0P{n % People}&user_name=p&command=%2Fchatops&text=access+whoami&api_app_id=A0&is_enterprise_install=false&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2Fx&trigger_id={Now()}.{n}.x");
        return CallAsync(commands, body, "application/x-www-form-urlencoded");
    }

    /// <summary>A direct message; answers with the milliseconds until its ack.</summary>
    public Task<double> MessageAsync(string text)
    {
        var n = Interlocked.Increment(ref number);
        var body = string.Create(CultureInfo.InvariantCulture,
            $$$"""{"token":"t","team_id":"T0BENCH","api_app_id":"A0","type":"event_callback","event_id":"Ev{{{n}}}","event_time":{{{Now()}}},"authorizations":[{"team_id":"T0BENCH","user_id":"U0BENCH","is_bot":true}],"event":{"type":"message","channel":"D0C{{{n % People}}}","channel_type":"im","user":"U0P{{{n % People}}}","text":"{{{text}}}","ts":"{{{Now()}}}.{{{n % 1_000_000:000000}}}","team":"T0BENCH"}}""");
        return CallAsync(events, body, "application/json");
    }

    /// <summary>Calls again and again, so many at once, for a time; answers with the milliseconds of each.</summary>
    public static async Task<List<double>> AtOnceAsync(Func<Task<double>> call, int atOnce, TimeSpan time)
    {
        var began = Stopwatch.GetTimestamp();
        var all = await Task.WhenAll(Enumerable.Range(0, atOnce).Select(async _ =>
        {
            var mine = new List<double>();
            while (Stopwatch.GetElapsedTime(began) < time) mine.Add(await call());
            return mine;
        }));
        return [.. all.SelectMany(m => m)];
    }

    /// <summary>Calls at a fixed rate for a time, answered or not.</summary>
    public static async Task<double[]> AtRateAsync(Func<Task<double>> call, double perSecond, TimeSpan time)
    {
        var count = (int)(perSecond * time.TotalSeconds);
        var calls = new List<Task<double>>(count);
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            var wait = TimeSpan.FromSeconds(i / perSecond) - Stopwatch.GetElapsedTime(began);
            if (wait > TimeSpan.Zero) await Task.Delay(wait, TimeProvider.System);
            calls.Add(call());
        }

        return await Task.WhenAll(calls);
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private static long Now() => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    private async Task<double> CallAsync(Uri address, string body, string type)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var time = Now().ToString(CultureInfo.InvariantCulture);
        var signed = HMACSHA256.HashData(secret, (byte[])[.. Encoding.UTF8.GetBytes($"v0:{time}:"), .. bytes]);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        request.Headers.Add("X-Slack-Request-Timestamp", time);
        request.Headers.Add("X-Slack-Signature", "v0=" + Convert.ToHexStringLower(signed));
        var began = Stopwatch.GetTimestamp();
        using var answer = await http.SendAsync(request);
        await answer.Content.ReadAsByteArrayAsync();
        var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        return answer.IsSuccessStatusCode ? took : throw new InvalidOperationException($"{address} answered {(int)answer.StatusCode}.");
    }
}
