using System.Diagnostics;
using ChatOps.EndToEnd.Fleet;
using ChatOps.EndToEnd.Harness;

namespace ChatOps.EndToEnd.Stores;

/// <summary>Gateways that share the work: by roles, and by following each other when one dies or stops.</summary>
public sealed class SeveralGatewaysTests(ITestOutputHelper output)
{
    private const string Node = "web-1";

    [Fact]
    public async Task What_comes_in_at_one_gateway_is_worked_on_by_another_runs_on_a_node_of_a_third_and_is_answered()
    {
        await using var group = await GatewayGroup.StartAsync();
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
        var times = await FailOver.RunAsync();
        output.WriteLine(times.ToString());
    }

    [Fact]
    public async Task Each_part_that_is_killed_alone_is_followed_by_another_with_its_role()
    {
        await using var group = await GatewayGroup.StartAsync();
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
    public async Task A_gateway_that_is_asked_to_stop_gives_everything_back_at_once()
    {
        await using var group = await GatewayGroup.StartAsync();
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
        await using var group = await GatewayGroup.StartAsync();
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
            var answer = await call;
            Assert.True((string?)answer["status"] == "running", $"{answer.ToJsonString()}\n{first.Log}\n{daemon.Log}");
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
        await group.UntilAsync(async () => (await second.RunOutcomesAsync()).Count == 3, "Not everything came to an end.");
        Assert.All(await second.RunOutcomesAsync(), outcome => Assert.Equal("done", (string?)outcome["outcome"]));
        Assert.Single(await File.ReadAllLinesAsync(group.In("runs")));
        Assert.Equal(1, Told());
        Assert.Contains("\"intact\":true", (await second.CallAsync("audit_verify", new { })).ToJsonString(), StringComparison.Ordinal);

        int Told() => group.ToBen.Count(p => p.Text.Contains("answer-42", StringComparison.Ordinal));
    }
}
