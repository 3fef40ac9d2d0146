using System.Diagnostics;
using System.Text.Json.Nodes;
using ChatOps.EndToEnd.Fleet;
using ChatOps.EndToEnd.Harness;
using ChatOps.Testing.Servers;

namespace ChatOps.EndToEnd.Stores;

/// <summary>Gateways that share the work: by roles, and by following each other when one dies, stops or stands still.</summary>
public sealed class SeveralGatewaysTests(RabbitServer broker, ITestOutputHelper output) : IClassFixture<RabbitServer>
{
    private const string Node = "web-1";
    private const int Speakers = 6;

    // Whoever holds the writers' turn and has said nothing for longer than any statement takes.
    private const string StandsStill = """
        SELECT MAX(a.pid)::text FROM pg_stat_activity AS a JOIN pg_locks AS l ON l.pid = a.pid
        WHERE l.locktype = 'advisory' AND l.granted AND a.datname = current_database() AND a.state = 'idle in transaction' AND a.state_change < clock_timestamp() - interval '1 second'
        """;

    private const string Holder = "SELECT holder FROM invocations WHERE tool = 'run' AND status = 'running'";

    [Fact]
    public async Task What_comes_in_at_one_gateway_is_worked_on_by_another_runs_on_a_node_of_a_third_and_is_answered()
    {
        await using var group = await GatewayGroup.StartAsync(broker);
        var front = await group.GatewayAsync("front", "channels,console");
        Assert.Contains("role workers or relay or scheduler", (await front.CallAsync("status", new { })).ToJsonString(), StringComparison.Ordinal);
        var worker = await group.GatewayAsync("worker", "workers");
        var relay = await group.GatewayAsync("relay", "relay,scheduler");
        await using var daemon = group.Daemon(Node, await front.TokenAsync(), relay.Address);
        foreach (var gateway in (GatewayProcess[])[front, worker, relay]) await gateway.OnlineAsync(daemon, Node);

        group.BenSays($"/run sh -c 'echo answer-$((40+2)); touch {group.In("made")}' --on {Node}");
        var approval = await group.WaitingAsync(front, group.In("made"));
        await group.UntilAsync(() => group.ToBen.Any(p => p.Markup is not null), "Ben saw no card.");
        Assert.False(File.Exists(group.In("made")));
        await relay.CallAsync("approvals_approve", new { id = approval });
        await group.UntilAsync(() => group.ToBen.Any(p => p.Text.Contains("answer-42", StringComparison.Ordinal)), "Ben got no answer.");
        Assert.True(File.Exists(group.In("made")));

        // Each did its own part, and says what the others do.
        var status = (await worker.CallAsync("status", new { })).ToJsonString();
        foreach (var part in (string[])["front channels,console", "worker (this one) workers", "relay relay,scheduler"]) Assert.Contains(part, status, StringComparison.Ordinal);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await worker.Client.GetAsync(new Uri("/sign-in", UriKind.Relative))).StatusCode);
        Assert.Empty(group.Telegram.Violations);
    }

    [Fact]
    public async Task A_gateway_that_is_killed_is_followed_in_all_that_it_did()
    {
        var times = await FailOver.RunAsync(broker);
        output.WriteLine(times.ToString());
    }

    [Fact]
    public async Task Each_part_that_is_killed_alone_is_followed_by_another_with_its_role()
    {
        await using var group = await GatewayGroup.StartAsync(broker);
        var front = await group.GatewayAsync("front", "channels,console");
        var worker = await group.GatewayAsync("worker", "workers,scheduler");
        var relay = await group.GatewayAsync("relay", "relay");
        await using var daemon = await group.NodeAsync(Node, front, relay);
        await group.BeginAsync(front, Node);
        var secondFront = await group.GatewayAsync("second-front", "channels,console");
        await group.GatewayAsync("second-worker", "workers,scheduler");
        await group.GatewayAsync("second-relay", "relay", group.NextPort);

        // Under what it runs; then over what it talks to the node; then over what people talk to it.
        worker.Kill();
        await group.LetGoAsync();
        await FollowedAsync("a worker's conversation", () => Task.FromResult(Told("answer-42") == 1));
        relay.Kill();
        await FollowedAsync("a relay's node", async () => (string?)(await front.CallAsync("run", new { command_line = "uptime", on = Node }))["status"] == "done");
        front.Kill();
        group.BenSays($"/run echo said-afterwards --on {Node}");
        await FollowedAsync("a poller", () => Task.FromResult(Told("said-afterwards") == 1));
        Assert.Single(await File.ReadAllLinesAsync(group.In("runs")));
        Assert.Equal((1, 1), (Told("answer-42"), Told("said-afterwards")));
        Assert.Contains("\"intact\":true", (await secondFront.CallAsync("audit_verify", new { })).ToJsonString(), StringComparison.Ordinal);

        int Told(string what) => group.ToBen.Count(p => p.Text.Contains(what, StringComparison.Ordinal));
        async Task FollowedAsync(string what, Func<Task<bool>> condition)
        {
            var watch = Stopwatch.StartNew();
            await group.UntilAsync(condition, $"Nobody followed: {what}.");
            output.WriteLine($"{what}: {watch.Elapsed.TotalSeconds:0.0} s after it was killed");
        }
    }

    [Fact]
    public async Task A_gateway_that_stood_still_while_another_took_over_does_nothing_a_second_time()
    {
        await using var group = await GatewayGroup.StartAsync(broker);
        var first = await group.GatewayAsync("first");
        await using var daemon = await group.NodeAsync(Node, first);

        await group.BeginAsync(first, Node);

        // It stands still with its lease on the conversation, its poll, its run and its relay.
        var second = await group.GatewayAsync("second", port: group.NextPort);
        await SignalAsync("STOP", first);
        await group.LetGoAsync();
        group.BenSays("/run echo said-meanwhile --on local");
        await group.UntilAsync(() => Told("answer-42") == 1 && Told("said-meanwhile") == 1, "The other one did not take over.");
        await SignalAsync("CONT", first);

        // It wakes, sees that it lost what it had, and works on as one of two.
        await group.UntilAsync(async () => (string?)(await first.CallAsync("status", new { }))["status"] == "done", "It did not wake.");
        group.BenSays("/run echo said-afterwards --on local");
        await group.UntilAsync(() => Told("said-afterwards") == 1, "Nobody answered afterwards.");

        // On a slow machine a message says first what it runs.
        await group.UntilAsync(async () => (await RunOutcomesAsync(second)).Count >= 3, "Not everything came to an end.");
        var outcomes = await RunOutcomesAsync(second);
        Assert.Equal(3, outcomes.Count);
        Assert.Equal(3, outcomes.Select(r => (string)r["invocation"]!).Distinct().Count());
        Assert.Single(await File.ReadAllLinesAsync(group.In("runs")));
        Assert.Equal((1, 1, 1), (Told("answer-42"), Told("said-meanwhile"), Told("said-afterwards")));
        Assert.Contains("\"intact\":true", (await first.CallAsync("audit_verify", new { })).ToJsonString(), StringComparison.Ordinal);

        int Told(string what) => group.ToBen.Count(p => p.Text.Contains(what, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_late_answer_of_a_gateway_that_stood_still_is_refused_by_the_store_and_its_log_says_so()
    {
        await using var group = await GatewayGroup.StartAsync(broker);
        var first = await group.GatewayAsync("first");
        await group.UntilAsync(() => group.Telegram.IsPolled, "Nobody polls.");

        // A turn in its middle, under its lease. What it runs on the gateway's own machine ends meanwhile, so that it has something to say when it wakes.
        group.BenSays("/run sleep 5 --on local");
        await group.UntilAsync(async () => await TextAsync(group, Holder) is not null, "It did not begin.");
        await SignalAsync("STOP", first);
        var second = await group.GatewayAsync("second");
        await group.UntilAsync(async () => (await RunOutcomesAsync(second)).Count == 1 && await TextAsync(group, "SELECT state FROM inbox") == "done", "The other one did not take over and finish.");
        await SignalAsync("CONT", first);

        foreach (var said in (string[])["The outcome of invocation", "The answer to"])
            await group.UntilAsync(() => first.Log.Split('\n').Any(l => l.Contains(said, StringComparison.Ordinal) && l.Contains("came too late and was refused by the store", StringComparison.Ordinal)), $"Nothing was said of a late write: {said}.");
        group.BenSays("/run echo said-afterwards --on local");
        await group.UntilAsync(async () => (await RunOutcomesAsync(second)).Count == 2 && group.ToBen.Count(p => p.Text.Contains("said-afterwards", StringComparison.Ordinal)) == 1, "Nobody answered afterwards.");

        // One answer and one outcome, in the store itself, in the record, and in the chat.
        Assert.Equal("1", await TextAsync(group, "SELECT COUNT(*)::text FROM messages WHERE inbox_id = (SELECT id FROM inbox ORDER BY id LIMIT 1)"));
        Assert.Equal(["done", "failed"], (await RunOutcomesAsync(second)).Select(r => (string?)r["outcome"]).Order());
        Assert.Single(group.ToBen, p => p.Text.Contains("safe to ask again", StringComparison.Ordinal));
        Assert.Equal(2, group.ToBen.Count);
        Assert.Contains("\"intact\":true", (await first.CallAsync("audit_verify", new { })).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gateway_that_stands_still_in_the_middle_of_its_transaction_holds_the_other_only_for_a_moment()
    {
        await using var group = await GatewayGroup.StartAsync(broker);
        var first = await group.GatewayAsync("first");
        var second = await group.GatewayAsync("second");
        using var over = new CancellationTokenSource();
        var speaking = Enumerable.Range(0, Speakers).Select(_ => SpeakAsync(first, over.Token)).ToList();

        // Again and again, until it stands between two statements of a transaction.
        string? still = null;
        for (var trying = Stopwatch.StartNew(); still is null && trying.Elapsed < TimeSpan.FromMinutes(3);)
        {
            await Task.Delay(Random.Shared.Next(50, 400));
            await SignalAsync("STOP", first);
            await Task.Delay(TimeSpan.FromSeconds(1.3));
            if ((still = await TextAsync(group, StandsStill)) is null) await SignalAsync("CONT", first);
        }

        Assert.NotNull(still);
        var watch = Stopwatch.StartNew();
        Assert.Equal("done", (string?)(await second.CallAsync("run", new { command_line = "echo said-meanwhile", on = "local" }))["status"]);
        output.WriteLine($"the other one wrote {watch.Elapsed.TotalSeconds:0.0} s later");
        Assert.Null(await TextAsync(group, StandsStill));

        await SignalAsync("CONT", first);
        await group.UntilAsync(async () => (await first.CallAsync("run", new { command_line = "echo said-afterwards", on = "local" }))["status"]?.ToString() == "done", "It did not wake.");
        await over.CancelAsync();
        var said = (await Task.WhenAll(speaking)).SelectMany(s => s).ToList();

        // Whoever was told that it is done finds it so, and each has one outcome.
        var kept = (await TextAsync(group, "SELECT string_agg(id, ' ') FROM invocations WHERE status = 'done'"))!.Split(' ').ToHashSet();
        Assert.NotEmpty(said);
        Assert.Empty(said.Where(id => !kept.Contains(id)));
        Assert.Null(await TextAsync(group, "SELECT MAX(invocation_id) FROM (SELECT invocation_id FROM audit WHERE kind = 'outcome' GROUP BY invocation_id HAVING COUNT(*) > 1) AS twice"));
        Assert.Contains("\"intact\":true", (await first.CallAsync("audit_verify", new { })).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gateway_that_wakes_while_another_follows_what_it_began_neither_stops_it_nor_tells_its_end()
    {
        await using var group = await GatewayGroup.StartAsync(broker);
        var first = await group.GatewayAsync("first");
        await using var daemon = await group.NodeAsync(Node, first);
        group.BenSays($"/run sleep 90 --on {Node} --timeout 3m");
        await group.UntilAsync(async () => await TextAsync(group, Holder) is not null, "It did not begin.");
        var holder = await TextAsync(group, Holder);
        var second = await group.GatewayAsync("second", port: group.NextPort);

        await SignalAsync("STOP", first);
        await group.UntilAsync(async () => await TextAsync(group, Holder) != holder, "The other one did not take it over.");
        await second.OnlineAsync(daemon, Node);
        await SignalAsync("CONT", first);
        foreach (var said in (string[])["lost its lease; whoever has it goes on", "is followed there, and is not waited for here any more"])
            await group.UntilAsync(() => first.Log.Contains(said, StringComparison.Ordinal), $"It did not see what it lost: {said}.");
        Assert.Empty(await RunOutcomesAsync(second));

        await group.UntilAsync(async () => await TextAsync(group, "SELECT state FROM inbox") == "done", "The other one did not tell the end.");
        Assert.Equal("done", (string?)Assert.Single(await RunOutcomesAsync(second))["outcome"]);
        Assert.Single(group.ToBen);
        Assert.Contains("\"intact\":true", (await first.CallAsync("audit_verify", new { })).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gateway_that_is_asked_to_stop_gives_everything_back_at_once()
    {
        await using var group = await GatewayGroup.StartAsync(broker);
        var first = await group.GatewayAsync("first");
        await group.UntilAsync(() => group.Telegram.IsPolled, "Nobody polls.");
        var second = await group.GatewayAsync("second");
        await using var daemon = group.Daemon(Node, await first.TokenAsync(), first.Address, second.Address);
        await second.OnlineAsync(daemon, Node);
        group.BenSays($"/run echo said-before --on {Node}");
        await group.UntilAsync(() => group.ToBen.Any(p => p.Text.Contains("said-before", StringComparison.Ordinal)), "It was not answered.");

        Assert.Equal(0, await first.StopAsync());
        var watch = Stopwatch.StartNew();
        group.BenSays("/run echo said-afterwards --on local");
        await group.UntilAsync(() => group.ToBen.Any(p => p.Text.Contains("said-afterwards", StringComparison.Ordinal)), "Nobody followed.");
        var answered = watch.Elapsed;
        await second.OnlineAsync(daemon, Node);
        output.WriteLine($"after SIGTERM ended: answered in {answered.TotalSeconds:0.0} s, node back in {watch.Elapsed.TotalSeconds:0.0} s");
        await group.UntilAsync(async () => !(await second.CallAsync("status", new { })).ToJsonString().Contains("first everything", StringComparison.Ordinal), "It is still counted.");
    }

    [Fact]
    public async Task Work_under_way_on_a_gateway_that_is_asked_to_stop_goes_on_with_another()
    {
        await using var group = await GatewayGroup.StartAsync(broker);
        var first = await group.GatewayAsync("first");
        await using var daemon = await group.NodeAsync(Node, first);

        // Something long that was approved, something that nobody has decided yet, and a call that is not answered yet.
        await group.BeginAsync(first, Node);
        var undecided = (string)(await first.CallAsync("run", new { command_line = $"touch {group.In("made")}", on = Node }))["approval"]!;
        var second = await group.GatewayAsync("second", port: group.NextPort);
        var call = first.CallAsync("run", new { command_line = "sleep 25", on = Node });
        await group.UntilAsync(async () => (await first.CallAsync("audit_list", new { limit = 50 })).ToJsonString().Contains("sleep 25", StringComparison.Ordinal), "The call did not begin.");

        Assert.Equal(0, await first.StopAsync());
        try
        {
            Assert.Equal("running", (string?)(await call)["status"]);
        }
        catch (HttpRequestException)
        {
            // The listener ended before the answer: the record has it.
        }

        await second.OnlineAsync(daemon, Node);
        await second.CallAsync("approvals_approve", new { id = undecided });
        await group.UntilAsync(() => File.Exists(group.In("made")), "What was approved on the other one did not run.");
        await group.LetGoAsync();
        await group.UntilAsync(() => Told() == 1, "The other one did not tell the end.");
        await group.UntilAsync(async () => (await OutcomesAsync()).Count == 3, "Not everything came to an end.");
        Assert.All(await OutcomesAsync(), outcome => Assert.Equal("done", (string?)outcome["outcome"]));
        Assert.Single(await File.ReadAllLinesAsync(group.In("runs")));
        Assert.Equal(1, Told());
        Assert.Contains("\"intact\":true", (await second.CallAsync("audit_verify", new { })).ToJsonString(), StringComparison.Ordinal);

        int Told() => group.ToBen.Count(p => p.Text.Contains("answer-42", StringComparison.Ordinal));
        Task<List<JsonNode>> OutcomesAsync() => RunOutcomesAsync(second);
    }

    // The invocations that it was told are done.
    private static async Task<List<string>> SpeakAsync(GatewayProcess gateway, CancellationToken until)
    {
        var done = new List<string>();
        while (!until.IsCancellationRequested)
        {
            var answer = await gateway.CallAsync("run", new { command_line = "echo said", on = "local" });
            if (answer["status"]?.ToString() == "done") done.Add((string)answer["invocation"]!);
        }

        return done;
    }

    private static async Task<string?> TextAsync(GatewayGroup group, string sql)
    {
        await using var store = await ServerStore.ReadAsync(group.In("first"));
        await using var command = store.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync() as string;
    }

    private static async Task<List<JsonNode>> RunOutcomesAsync(GatewayProcess gateway) =>
        (await gateway.CallAsync("audit_list", new { limit = 200 }))["result"]!.AsArray().OfType<JsonNode>().Where(r => (string?)r["kind"] == "outcome" && (string?)r["tool"] == "run").ToList();

    private static async Task SignalAsync(string signal, GatewayProcess gateway)
    {
        using var kill = Process.Start("/bin/kill", [$"-{signal}", $"{gateway.Id}"]);
        await kill.WaitForExitAsync();
    }
}
