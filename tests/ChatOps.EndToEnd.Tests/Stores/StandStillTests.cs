using System.Diagnostics;
using ChatOps.EndToEnd.Fleet;
using ChatOps.EndToEnd.Harness;

namespace ChatOps.EndToEnd.Stores;

/// <summary>A gateway that stands still (SIGSTOP) for longer than its leases last, while another one follows it, and then wakes.</summary>
public sealed class StandStillTests(ITestOutputHelper output)
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
    public async Task A_gateway_that_stood_still_while_another_took_over_does_nothing_a_second_time()
    {
        await using var group = await GatewayGroup.StartAsync();
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
        await group.UntilAsync(async () => (await second.RunOutcomesAsync()).Count >= 3, "Not everything came to an end.");
        var outcomes = await second.RunOutcomesAsync();
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
        await using var group = await GatewayGroup.StartAsync();
        var first = await group.GatewayAsync("first");
        await group.UntilAsync(() => group.Telegram.IsPolled, "Nobody polls.");

        // A turn in its middle, under its lease. What it runs on the gateway's own machine ends meanwhile, so that it has something to say when it wakes.
        group.BenSays("/run sleep 5 --on local");
        await group.UntilAsync(async () => await TextAsync(group, Holder) is not null, "It did not begin.");
        await SignalAsync("STOP", first);
        var second = await group.GatewayAsync("second");
        await group.UntilAsync(async () => (await second.RunOutcomesAsync()).Count == 1 && await TextAsync(group, "SELECT state FROM inbox") == "done", "The other one did not take over and finish.");
        await SignalAsync("CONT", first);

        foreach (var said in (string[])["The outcome of invocation", "The answer to"])
            await group.UntilAsync(() => first.Log.Split('\n').Any(l => l.Contains(said, StringComparison.Ordinal) && l.Contains("came too late and was refused by the store", StringComparison.Ordinal)), $"Nothing was said of a late write: {said}.");
        group.BenSays("/run echo said-afterwards --on local");
        await group.UntilAsync(async () => (await second.RunOutcomesAsync()).Count == 2 && group.ToBen.Count(p => p.Text.Contains("said-afterwards", StringComparison.Ordinal)) == 1, "Nobody answered afterwards.");

        // One answer and one outcome, in the store itself, in the record, and in the chat.
        Assert.Equal("1", await TextAsync(group, "SELECT COUNT(*)::text FROM messages WHERE inbox_id = (SELECT id FROM inbox ORDER BY id LIMIT 1)"));
        Assert.Equal(["done", "failed"], (await second.RunOutcomesAsync()).Select(r => (string?)r["outcome"]).Order());
        Assert.Single(group.ToBen, p => p.Text.Contains("safe to ask again", StringComparison.Ordinal));
        Assert.Equal(2, group.ToBen.Count);
        Assert.Contains("\"intact\":true", (await first.CallAsync("audit_verify", new { })).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gateway_that_stands_still_in_the_middle_of_its_transaction_holds_the_other_only_for_a_moment()
    {
        await using var group = await GatewayGroup.StartAsync();
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
        await using var group = await GatewayGroup.StartAsync();
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
        Assert.Empty(await second.RunOutcomesAsync());

        await group.UntilAsync(async () => await TextAsync(group, "SELECT state FROM inbox") == "done", "The other one did not tell the end.");
        Assert.Equal("done", (string?)Assert.Single(await second.RunOutcomesAsync())["outcome"]);
        Assert.Single(group.ToBen);
        Assert.Contains("\"intact\":true", (await first.CallAsync("audit_verify", new { })).ToJsonString(), StringComparison.Ordinal);
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

    private static async Task SignalAsync(string signal, GatewayProcess gateway)
    {
        using var kill = Process.Start("/bin/kill", [$"-{signal}", $"{gateway.Id}"]);
        await kill.WaitForExitAsync();
    }
}
