using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using ChatOps.EndToEnd.Crashes;
using ChatOps.EndToEnd.Harness;
using ChatOps.EndToEnd.Laws;

namespace ChatOps.EndToEnd.Chaos;

/// <summary>Load and faults for a while; then everything comes to rest, and the ten invariants are judged from what is left.</summary>
internal sealed partial class ChaosRun(ChaosWorld world, ChaosSettings settings) : IDisposable
{
    private static readonly TimeSpan RestLimit = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource ended = new();
    private readonly ConcurrentDictionary<string, DateTimeOffset> answeredAt = new();
    private readonly List<string> troubles = [];
    private readonly ChaosTable table = new();

    /// <summary>Runs it; returns the table and what speaks against the invariants.</summary>
    public async Task<(ChaosTable Table, IReadOnlyList<string> Violations)> RunAsync()
    {
        var talks = new ChaosTalks(world, new Random(settings.Seed + 1), ended.Token);
        IReadOnlyList<ChaosTalk> all = talks.All();
        var load = new ChaosLoad(world, settings, all);
        using var stop = new CancellationTokenSource();
        using var watched = new CancellationTokenSource();
        await table.SampleAsync("start", world);
        var begun = Stopwatch.StartNew();
        var talking = load.TalkAsync(stop.Token);
        var deciding = load.DecideAsync(stop.Token);
        var watching = WatchAsync(all, watched.Token);

        await HurtAsync(begun);
        await stop.CancelAsync();
        await deciding;
        Say($"The load stops after {begun.Elapsed.TotalSeconds:f0} s; everything comes to rest.");
        var rested = await RestAsync(load, talking);
        table.Drained = begun.Elapsed - settings.Duration;
        await watched.CancelAsync();
        await watching;
        await table.SampleAsync("end", world);

        var evidence = await GatherAsync([.. all.SelectMany(t => t.Said)], all);
        table.Count(evidence, load, talks, all, answeredAt);
        Keep(evidence);
        return (table, [.. rested is null ? [] : (string[])[rested], .. troubles, .. TheTen.Judge(evidence)]);
    }

    public void Dispose() => ended.Dispose();

    private async Task HurtAsync(Stopwatch begun)
    {
        var faults = new ChaosFaults(world, new Random(settings.Seed + 2));
        var middle = false;
        while (begun.Elapsed < settings.Duration)
        {
            var next = settings.FaultEvery;
            await Task.Delay(TimeSpan.FromTicks(Math.Min(next.Ticks, Math.Max(0, (settings.Duration - begun.Elapsed).Ticks))));
            if (begun.Elapsed >= settings.Duration) return;
            if (!middle && begun.Elapsed > settings.Duration / 2)
            {
                middle = true;
                await table.SampleAsync("middle", world);
            }

            var fault = faults.Next();
            var from = TimeProvider.System.GetUtcNow();
            Say($"{begun.Elapsed.TotalSeconds:f0} s: {fault.Kind}");
            await fault.StrikeAsync();
            Say($"{begun.Elapsed.TotalSeconds:f0} s: it is right again");
            table.Strike(new ChaosSpan(fault.Kind, from, TimeProvider.System.GetUtcNow()));
            await UpAgainAsync(fault.Kind);
        }
    }

    // No fault here is a reason for a gateway to end by itself.
    private async Task UpAgainAsync(string after)
    {
        foreach (var gateway in world.Gateways.Where(g => !g.IsUp))
        {
            troubles.Add($"Gateway {gateway.Name} ended by itself after '{after}' with {gateway.Process?.ExitCode}:\n{gateway.Process?.Log[^Math.Min(3000, gateway.Process.Log.Length)..]}");
            await gateway.StartAsync();
        }
    }

    private async Task<string?> RestAsync(ChaosLoad load, Task talking)
    {
        var last = "";
        try
        {
            await world.Gateways[0].TryCallAsync("schedule_pause", new { name = "ticking" });
            await talking.WaitAsync(RestLimit);
            var quiet = 0;
            await Until.TrueAsync(
                async () =>
                {
                    var pending = await load.DecideOnceAsync();
                    var statuses = new List<string>();
                    foreach (var gateway in world.Gateways) statuses.Add((await gateway.TryCallAsync("status", new { }))?.ToJsonString() ?? "no answer");
                    var open = await OpenAsync();
                    last = $"{pending} wait for a decision, Telegram keeps {world.Telegram.Waiting}, {open} are open.\n{string.Join('\n', statuses)}";
                    quiet = pending == 0 && world.Telegram.Waiting == 0 && open == 0 && statuses.All(s => s.Contains("No message waits.", StringComparison.Ordinal) && s.Contains("No reply waits.", StringComparison.Ordinal)) ? quiet + 1 : 0;
                    if (quiet == 0) Say(last.Split('\n')[0]);
                    if (quiet == 0) await Task.Delay(Look);

                    // The last decisions are answered after the approvals are gone.
                    else await Task.Delay(Look * 2);
                    return quiet > 2;
                },
                () => last,
                RestLimit);
            return null;
        }
        catch (TimeoutException)
        {
            return $"It did not come to rest within {RestLimit}: {last}";
        }
    }

    // Everything that was said is taken in and has an end; a platform that lost a message would not tell.
    private async Task<long> OpenAsync()
    {
        try
        {
            await using var connection = await ServerStore.ReadAsync(world.Gateways[0].Data);
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT (SELECT COUNT(*) FROM inbox WHERE state NOT IN ('done', 'failed', 'cancelled')) + (SELECT COUNT(*) FROM outbox WHERE state IN ('pending', 'sending')) + (SELECT COUNT(*) FROM schedule_runs WHERE state IN ('queued', 'running', 'waiting')) + (SELECT COUNT(*) FROM invocations WHERE status IN ('running', 'waiting'))";
            return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
        }
        catch (System.Data.Common.DbException)
        {
            return 1;
        }
    }

    private async Task<Evidence> GatherAsync(IReadOnlyList<Said> said, IReadOnlyList<ChaosTalk> talks)
    {
        foreach (var gateway in world.Gateways)
        {
            if (await gateway.Process!.StopAsync() is not 0 and var code) troubles.Add($"The last stop of {gateway.Name} ended with {code}.");
        }

        var read = await EvidenceReader.ReadAsync(world.Gateways[0].Data, world.Workspace, said);
        IReadOnlyList<(string Conversation, string Text)> posts = [.. talks.Where(t => t.Posts is not null).SelectMany(t => t.Posts!(0).Select(p => (t.Name, p)))];
        return read with
        {
            Effects = [.. EvidenceReader.Effects("local", world.Effects), .. world.Machines.SelectMany(m => EvidenceReader.Effects(m.Name, m.Effects))],
            Executions =
            [
                .. world.Gateways.SelectMany(g => EvidenceReader.Executions("local-" + g.Name, Path.Combine(g.Data, "node"))), .. world.Machines.SelectMany(m => EvidenceReader.Executions(m.Name, m.State)),
            ],
            Posts = posts,
            Sinks =
            [
                ("the platforms", string.Join('\n', posts.Select(p => p.Text))), ("messages", string.Join('\n', read.Messages.Select(m => m["content"]))), ("the outbox", string.Join('\n', read.Outbox.Select(m => m["content"]))),
                ("the record", string.Join('\n', read.Audit.Select(a => a.ToJsonString()))), ("outcomes", string.Join('\n', read.Invocations.Select(i => i["outcome_json"]))),
                .. world.Gateways.Select(g => ($"the log of {g.Name}", g.Log)), .. world.Machines.Select(m => ($"the log of {m.Name}", m.Log)),
                .. world.Gateways.SelectMany(g => Directory.EnumerateFiles(Path.Combine(g.Data, "logs")).Select(f => (f, File.ReadAllText(f)))),
            ],
            Secrets = [ChaosWorld.Secret, world.Telegram.Token, world.Slack.BotToken, world.Slack.AppToken, world.Slack.SigningSecret, world.Discord.Token],
            Faults = table.Faults,
        };
    }

    // The first answer that people see.
    private async Task WatchAsync(IReadOnlyList<ChaosTalk> talks, CancellationToken stop)
    {
        var seen = new Dictionary<string, int>();
        while (!stop.IsCancellationRequested)
        {
            foreach (var talk in talks.Where(t => t.Posts is not null))
            {
                var posts = talk.Posts!(seen.GetValueOrDefault(talk.Name));
                foreach (var post in posts)
                {
                    foreach (Match id in MessageId().Matches(post)) answeredAt.TryAdd(id.Value, TimeProvider.System.GetUtcNow());
                }

                seen[talk.Name] = seen.GetValueOrDefault(talk.Name) + posts.Count;
            }

            await Task.Delay(Look / 2, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Whoever looks for the reason needs more than the verdict.
    private void Keep(Evidence evidence)
    {
        if (settings.Report is null) return;
        var folder = Directory.CreateDirectory(settings.Report + ".evidence").FullName;
        void Write(string name, IEnumerable<string> lines) => File.WriteAllLines(Path.Combine(folder, name), lines);
        Write("said", evidence.Said.Select(s => $"{s.ClientId} {s.Conversation} {s.InboxId} {s.Text}"));
        Write("audit", evidence.Audit.Select(a => a.ToJsonString()));
        foreach (var (name, rows) in ((string, IReadOnlyList<Row>)[])[("inbox", evidence.Inbox), ("messages", evidence.Messages), ("outbox", evidence.Outbox), ("invocations", evidence.Invocations), ("approvals", evidence.Approvals), ("ticks", evidence.Ticks)])
            Write(name, rows.Select(r => r.ToString()));
        Write("posts", evidence.Posts.Select(p => $"{p.Conversation}: {p.Text.ReplaceLineEndings(" / ")}"));
        foreach (var sink in evidence.Sinks.Where(s => s.Name.Contains("log of", StringComparison.Ordinal))) Write(sink.Name, [sink.Text]);
        foreach (var (gateway, log) in world.Gateways.SelectMany(g => Logs(g.Data).Select(log => (g.Name, log)))) File.Copy(log, Path.Combine(folder, $"{gateway}-{Path.GetFileName(log)}"), overwrite: true);
    }

    private static IEnumerable<string> Logs(string data) => Path.Combine(data, "logs") is var logs && Directory.Exists(logs) ? Directory.EnumerateFiles(logs) : [];

    private void Say(string line)
    {
        if (settings.Report is not null) File.AppendAllText(settings.Report, line + "\n");
    }

    [GeneratedRegex(@"\bm\d{6}\b")]
    private static partial Regex MessageId();
}
