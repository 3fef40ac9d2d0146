using System.Globalization;
using ChatOps.Fleet;
using ChatOps.Fleet.Dispatch;
using ChatOps.Policy;
using ChatOps.Testing;
using ChatOps.Tests.Node;

namespace ChatOps.Tests.Fleet;

public sealed class RemoteExecutionTests
{
    private static int s_ids;

    [Fact]
    public async Task A_command_runs_on_the_node_and_its_answer_comes_back()
    {
        await using var relay = await RelayHarness.StartAsync();
        await relay.JoinedAsync("web-1");
        var watcher = new Watcher();
        var result = await relay.Nodes.ExecuteAsync(Read("echo", "hello"), watcher, CancellationToken.None);
        Assert.Equal((ExecutionEnd.Exited, 0, "hello\n"), (result.End, result.ExitCode, result.Output));
        Assert.Equal("hello\n", watcher.Text);
    }

    [Fact]
    public async Task A_failing_command_answers_with_its_status_and_a_missing_one_was_not_started()
    {
        await using var relay = await RelayHarness.StartAsync();
        await relay.JoinedAsync("web-1");
        Assert.Equal(1, (await RunAsync(relay, Read("false"))).ExitCode);
        Assert.Equal(ExecutionEnd.NotStarted, (await RunAsync(relay, Read("no-such-program-here"))).End);
    }

    [Fact]
    public async Task A_change_without_an_approval_is_refused_by_the_node_itself()
    {
        await using var relay = await RelayHarness.StartAsync();
        await relay.JoinedAsync("web-1");
        using var directory = new TempDirectory();
        var refused = await RunAsync(relay, Shell($"touch {directory["made"]}") with { Approval = null });
        Assert.Equal(ExecutionEnd.Refused, refused.End);
        Assert.False(File.Exists(directory["made"]));
        Assert.True((await RunAsync(relay, Shell($"touch {directory["made"]}"))).Succeeded);
        Assert.True(File.Exists(directory["made"]));
    }

    [Fact]
    public async Task The_same_id_runs_once_and_answers_with_the_stored_result()
    {
        await using var relay = await RelayHarness.StartAsync();
        await relay.JoinedAsync("web-1");
        using var directory = new TempDirectory();
        var request = Shell($"echo x >> {directory["lines"]}; echo done");
        Assert.Equal("done\n", (await RunAsync(relay, request)).Output);
        Assert.Equal("done\n", (await RunAsync(relay, request)).Output);
        Assert.Single(await File.ReadAllLinesAsync(directory["lines"]));

        var other = await RunAsync(relay, request with { Line = "echo other" });

        // The one when the node was told before that it may forget the first one, the other when not.
        Assert.Contains(other.End, (ExecutionEnd[])[ExecutionEnd.NotStarted, ExecutionEnd.Refused]);
        Assert.Equal("", other.Output);
    }

    [Fact]
    public async Task Output_streams_while_it_runs_and_a_long_one_is_kept_whole_in_a_file()
    {
        await using var relay = await RelayHarness.StartAsync();
        await relay.JoinedAsync("web-1");
        using var directory = new TempDirectory();
        var watcher = new Watcher();
        var request = Shell("echo begin; sleep 0.3; seq 1 200000") with { Limits = new OutputLimits(1024, 1024, 64 * 1024 * 1024, directory["out.raw"]) };
        var running = relay.Nodes.ExecuteAsync(request, watcher, CancellationToken.None);
        await watcher.SeesAsync("begin");
        Assert.False(running.IsCompleted);
        var result = await running;
        Assert.Equal(directory["out.raw"], result.FilePath);
        var lines = await File.ReadAllLinesAsync(result.FilePath!);
        Assert.Equal("begin", lines[0]);
        Assert.Equal(Enumerable.Range(1, 200_000).Select(i => i.ToString(CultureInfo.InvariantCulture)), lines.Skip(1));
        Assert.StartsWith("begin\n1\n", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("200000\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_prints_and_ends_at_any_moment_is_answered()
    {
        await using var relay = await RelayHarness.StartAsync();
        await relay.JoinedAsync("web-1");
        for (var round = 0; round < 10; round++)
        {
            var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => RunAsync(relay, Shell($"sleep 0.0{15 + (i % 4)}; echo {i}")))).WaitAsync(Until.Limit);
            Assert.Equal(Enumerable.Range(0, 16).Select(i => $"{i}\n"), results.Select(r => r.Output));
        }
    }

    [Fact]
    public async Task A_stop_reaches_the_process_tree()
    {
        await using var relay = await RelayHarness.StartAsync();
        await relay.JoinedAsync("web-1");
        using var stop = new CancellationTokenSource();
        var watcher = new Watcher();
        var running = relay.Nodes.ExecuteAsync(Shell("echo $$; sleep 60"), watcher, stop.Token);
        await watcher.SeesAsync("\n");
        var process = int.Parse(watcher.Text, CultureInfo.InvariantCulture);
        await stop.CancelAsync();
        Assert.Equal(ExecutionEnd.Cancelled, (await running).End);
        Assert.False(Directory.Exists($"/proc/{process}"));
    }

    [Fact]
    public async Task A_stop_of_what_runs_on_a_node_that_is_away_waits_for_its_return_and_not_forever()
    {
        var clock = new FakeTimeProvider();
        using var execution = new RemoteExecution(Shell("sleep 60") with { OnlyAttach = true }, new Watcher(), _ => throw new InvalidOperationException("It was ordered long ago."), clock);
        execution.Await();
        execution.Cancel();

        clock.Advance(RemoteExecution.StopPatience + TimeSpan.FromSeconds(1));
        Assert.False(execution.Result.IsCompleted);

        clock.Advance(RemoteExecution.Patience);
        Assert.Equal(ExecutionEnd.Unknown, (await execution.Result).End);
    }

    [Fact]
    public async Task The_nodes_own_clock_ends_what_runs_too_long()
    {
        await using var relay = await RelayHarness.StartAsync();
        await relay.JoinedAsync("web-1");
        Assert.Equal(ExecutionEnd.TimedOut, (await RunAsync(relay, Shell("sleep 60") with { Timeout = TimeSpan.FromMilliseconds(300) })).End);
    }

    [Fact]
    public async Task A_command_goes_on_while_the_connection_is_lost_and_nothing_of_its_output_is_missing()
    {
        await using var relay = await RelayHarness.StartAsync();
        await relay.JoinedAsync("web-1");
        using var directory = new TempDirectory();
        var watcher = new Watcher();
        var request = Shell($"for i in $(seq 1 40); do echo line $i; echo $i >> {directory["runs"]}; sleep 0.02; done") with { Limits = new OutputLimits(64, 64, 1024 * 1024, directory["out.raw"]) };
        var running = relay.Nodes.ExecuteAsync(request, watcher, CancellationToken.None);
        for (var cut = 0; cut < 5; cut++)
        {
            var seen = watcher.Characters;
            await Until.TrueAsync(() => watcher.Characters > seen || running.IsCompleted);
            relay.Sessions.Find("web-1")?.Abort();
        }

        var result = await running;
        Assert.True(result.Succeeded, result.Message);
        Assert.Equal(40, (await File.ReadAllLinesAsync(directory["runs"])).Length);
        Assert.Equal(Enumerable.Range(1, 40).Select(i => $"line {i}"), await File.ReadAllLinesAsync(result.FilePath!));
    }

    [Fact]
    public async Task A_gateway_that_was_restarted_finds_what_it_had_begun()
    {
        await using var relay = await RelayHarness.StartAsync();
        await relay.JoinedAsync("web-1");
        using var directory = new TempDirectory();
        var request = Shell($"touch {directory["begun"]}; sleep 0.5; echo survived");
        _ = relay.Nodes.ExecuteAsync(request, new Watcher(), CancellationToken.None);
        await Until.TrueAsync(() => File.Exists(directory["begun"]));
        await relay.RestartGatewayAsync();

        var result = await RunAsync(relay, request with { OnlyAttach = true });
        Assert.Equal((ExecutionEnd.Exited, "survived\n", null), (result.End, result.Output, result.Message));
        var never = await RunAsync(relay, Shell("echo never") with { OnlyAttach = true });
        Assert.Equal(ExecutionEnd.NotStarted, never.End);
    }

    [Fact]
    public async Task A_gateway_that_stops_keeps_no_connection_that_comes_meanwhile()
    {
        await using var relay = await RelayHarness.StartAsync();
        var daemon = await relay.JoinedAsync("web-1");
        await relay.StopBeatAsync();

        // The listener is still there: the daemon gets in again and again, and learns each time at once that it is of no use.
        await Until.TrueAsync(() => daemon.Log.Split("The connection ended.").Length > 3);
        await relay.RestartGatewayAsync();
        await relay.OnlineAsync("web-1");
    }

    [Fact]
    public async Task What_is_asked_for_in_the_moment_in_which_the_node_comes_back_is_answered()
    {
        await using var relay = await RelayHarness.StartAsync();
        await relay.JoinedAsync("web-1");
        for (var round = 0; round < 5; round++)
        {
            var asked = new List<Task<ExecutionResult>>();
            var session = relay.Sessions.Find("web-1")!;
            session.Abort();
            await Until.TrueAsync(() => relay.Sessions.Find("web-1") != session);
            while (relay.Sessions.Find("web-1") is null)
            {
                asked.Add(RunAsync(relay, Shell("true") with { OnlyAttach = true }));
                await Task.Yield();
            }

            Assert.All(await Task.WhenAll(asked), result => Assert.Equal(ExecutionEnd.NotStarted, result.End));
        }
    }

    [Fact]
    public async Task A_daemon_that_was_restarted_answers_from_its_records_and_repeats_nothing()
    {
        await using var relay = await RelayHarness.StartAsync();
        var daemon = await relay.JoinedAsync("web-1");
        using var directory = new TempDirectory();
        var request = Shell($"echo x >> {directory["lines"]}; echo done");
        await RunAsync(relay, request);
        await daemon.StopAsync();
        relay.Daemon("web-1", null);
        await relay.OnlineAsync("web-1");
        Assert.Equal("done\n", (await RunAsync(relay, request with { OnlyAttach = true })).Output);
        Assert.Equal("done\n", (await RunAsync(relay, request)).Output);
        Assert.Single(await File.ReadAllLinesAsync(directory["lines"]));
    }

    [Fact]
    public async Task A_node_that_is_not_there_and_a_drained_one_start_nothing()
    {
        await using var relay = await RelayHarness.StartAsync();
        var daemon = await relay.JoinedAsync("web-1");
        await relay.Members.DrainAsync("web-1", CancellationToken.None);
        Assert.Equal(ExecutionEnd.NotStarted, (await RunAsync(relay, Read("true"))).End);
        await relay.Members.ResumeAsync("web-1", CancellationToken.None);
        Assert.True((await RunAsync(relay, Read("true"))).Succeeded);
        await daemon.StopAsync();
        await Until.TrueAsync(() => relay.State("web-1") == NodeState.Offline);
        Assert.Equal(ExecutionEnd.Unreachable, (await RunAsync(relay, Read("true"))).End);
    }

    [Fact]
    public async Task Removing_a_node_stops_what_runs_there_within_a_second()
    {
        await using var relay = await RelayHarness.StartAsync();
        var (end, process, tries) = (ExecutionEnd.Unknown, 0, 0);
        var promised = TimeSpan.FromSeconds(1);
        var took = await Promptness.LeastAsync(promised, async () =>
        {
            var node = $"web-{++tries}";
            await relay.JoinedAsync(node);
            var watcher = new Watcher();
            var running = relay.Nodes.ExecuteAsync(Shell("echo $$; sleep 60") with { Node = node }, watcher, CancellationToken.None);
            await watcher.SeesAsync("\n");
            process = int.Parse(watcher.Text, CultureInfo.InvariantCulture);
            return async () =>
            {
                await relay.Members.RemoveAsync(node, CancellationToken.None);
                end = (await running).End;
            };
        });
        Assert.InRange(took, TimeSpan.Zero, promised);
        Assert.Equal(ExecutionEnd.Cancelled, end);
        await Until.TrueAsync(() => !Directory.Exists($"/proc/{process}"));
    }

    [Fact]
    public async Task Many_commands_at_once_are_all_answered_each_with_its_own()
    {
        await using var relay = await RelayHarness.StartAsync();
        foreach (var name in new[] { "a", "b", "c" }) await relay.JoinedAsync(name);
        var runs = Enumerable.Range(0, 90).Select(i => RunAsync(relay, Read("echo", $"{i}") with { Node = "abc"[i % 3].ToString() })).ToList();
        var results = await Task.WhenAll(runs);
        Assert.Equal(Enumerable.Range(0, 90).Select(i => $"{i}\n"), results.Select(r => r.Output));
    }

    private static string Id() => $"t{Interlocked.Increment(ref s_ids)}-{Guid.NewGuid():N}";

    private static ExecutionRequest Read(params string[] words) => new(
        Id(), "web-1", string.Join(' ', words), new CommandProgram([new(CommandJoin.Always, false, [new([.. words.Select(w => new CommandWord(w, false))], [])])]), "/",
        TimeSpan.FromSeconds(30), new OutputLimits(16 * 1024, 16 * 1024, 0, null)) { Risk = Risk.Read };

    private static ExecutionRequest Shell(string line) => new(Id(), "web-1", line, null, "/", TimeSpan.FromSeconds(30), new OutputLimits(16 * 1024, 16 * 1024, 0, null)) { Approval = "A7K2Q9" };

    private static Task<ExecutionResult> RunAsync(RelayHarness relay, ExecutionRequest request) => relay.Nodes.ExecuteAsync(request, new Watcher(), CancellationToken.None);
}
