using ChatOps.Fleet;
using ChatOps.Testing;

namespace ChatOps.Tests.Node;

/// <summary>However an execution ends, nothing of it is left on the machine.</summary>
public sealed class ExecutionEndTests : IDisposable
{
    // Far below the minute that the commands sleep, and more than a busy machine adds.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(25);

    // Other runs of these tests on the same machine have processes of their own.
    private readonly string _run = Random.Shared.Next(100_000, 1_000_000).ToString(System.Globalization.CultureInfo.InvariantCulture);
    private readonly Machine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task A_command_that_runs_too_long_is_stopped()
    {
        var result = await _machine.ShellAsync(Mine("echo begun; sleep 61.1 & sleep 61.2"), timeout: 2);
        Assert.Equal(ExecutionEnd.TimedOut, result.End);

        // A shell may still remark that its command was terminated.
        Assert.StartsWith("begun\n", result.Output, StringComparison.Ordinal);
        Assert.Equal(143, result.ExitCode);
        Assert.InRange(result.Duration, TimeSpan.FromSeconds(1.9), Soon);
        Assert.Contains("2 s", result.Message!, StringComparison.Ordinal);
        AssertNoProcess("61.1", "61.2");
    }

    [Fact]
    public async Task A_command_that_ignores_the_polite_signal_is_killed()
    {
        var result = await _machine.ShellAsync(Mine("trap '' TERM; sleep 62.1; sleep 62.2; sleep 62.3"), timeout: 3);
        Assert.Equal(ExecutionEnd.TimedOut, result.End);
        Assert.Equal(137, result.ExitCode);
        Assert.InRange(result.Duration, TimeSpan.FromSeconds(4.5), Soon);
        AssertNoProcess("62.1", "62.2", "62.3");
    }

    [Fact]
    public async Task Cancelling_stops_the_whole_tree_within_three_seconds()
    {
        var promised = TimeSpan.FromSeconds(3);
        var took = await Promptness.LeastAsync(promised, async () =>
        {
            var cancel = new CancellationTokenSource();
            var watcher = new Watcher();
            var running = _machine.ShellAsync(Mine("trap '' TERM; setsid sh -c \"trap '' TERM; sleep 63.1\" & (sleep 63.2 &) ; echo begun; sleep 63.3; sleep 63.4"), watcher, token: cancel.Token);
            await watcher.SeesAsync("begun");
            return async () =>
            {
                await cancel.CancelAsync();
                Assert.Equal(ExecutionEnd.Cancelled, (await running).End);
                AssertNoProcess("63.1", "63.2", "63.3", "63.4");
                cancel.Dispose();
            };
        });
        Assert.InRange(took, TimeSpan.Zero, promised);
    }

    [Fact]
    public async Task Cancelling_stops_every_part_of_a_pipe()
    {
        using var cancel = new CancellationTokenSource();
        var watcher = new Watcher();
        var running = _machine.RunAsync([Machine.Pipe(Machine.Command("sleep", Mine("64.1")), Machine.Command("sh", "-c", Mine("echo begun; sleep 64.2")))], watcher, token: cancel.Token);
        await watcher.SeesAsync("begun");
        await cancel.CancelAsync();
        Assert.Equal(ExecutionEnd.Cancelled, (await running).End);
        AssertNoProcess("64.1", "64.2");
    }

    [Fact]
    public async Task What_follows_in_a_chain_does_not_run_after_a_stop()
    {
        var result = await _machine.RunAsync(
            [Machine.Pipe(Machine.Command("sleep", Mine("65.1"))), new CommandPipeline(CommandJoin.Or, false, [Machine.Command("echo", "never")])], timeout: 1);
        Assert.Equal((ExecutionEnd.TimedOut, ""), (result.End, result.Output));
    }

    [Theory]
    [InlineData("setsid sleep 66.1 & echo done")] // holds the output open
    [InlineData("setsid sleep 66.1 >/dev/null 2>&1 </dev/null & echo done")] // a proper daemon
    [InlineData("(setsid sh -c 'sleep 66.1; true' &) & echo done")] // two generations
    [InlineData("trap '' TERM; env -i setsid sh -c 'sleep 66.1; true' & sleep 0.2; echo done")] // without its mark, in its own session, but with a known parent
    public async Task A_process_left_behind_is_stopped_and_said(string line)
    {
        // The last line's daemon hangs on the shell that started it, so that shell has to live.
        if (line.Contains("env -i", StringComparison.Ordinal))
            line += "; exec sleep 66.1";
        var result = await _machine.ShellAsync(Mine(line), timeout: line.Contains("exec", StringComparison.Ordinal) ? 3 : 30);
        Assert.Equal("done\n", result.Output);
        Assert.InRange(result.Duration, TimeSpan.Zero, Soon);
        if (result.End == ExecutionEnd.Exited)
        {
            Assert.Equal(0, result.ExitCode);
            Assert.Matches("^It left [12] process(es)? behind; (it was|they were) stopped\\.$", result.Message!);
        }

        AssertNoProcess("66.1");
    }

    [Fact]
    public async Task A_talkative_process_left_behind_does_not_keep_the_execution_open()
    {
        var result = await _machine.ShellAsync(Mine("setsid sh -c 'while :; do echo again; sleep 0.05; done; sleep 70.1' & echo done"), timeout: 30);
        Assert.Equal(ExecutionEnd.Exited, result.End);
        Assert.InRange(result.Duration, TimeSpan.Zero, Soon);
        AssertNoProcess("70.1");
    }

    [Fact]
    public async Task A_background_job_that_ends_in_time_is_waited_for()
    {
        using var machine = new Machine(options => options with { DrainSilence = Until.Limit, DrainLimit = Until.Limit });
        var result = await machine.ShellAsync(Mine("(sleep 0.2; echo late) & echo early"));
        Assert.Equal(("early\nlate\n", (string?)null), (result.Output, result.Message));
    }

    [Fact]
    public async Task Cancelling_before_the_start_starts_nothing()
    {
        using var machine = new Machine(options => options with { MaxConcurrent = 1 });
        using var cancel = new CancellationTokenSource();
        using var first = new CancellationTokenSource();
        var watcher = new Watcher();
        var running = machine.ShellAsync(Mine("echo begun; sleep 67.1"), watcher, token: first.Token);
        await watcher.SeesAsync("begun");
        var file = Path.Combine(machine.Directory, "touched");
        var waiting = machine.ShellAsync(Mine($"touch {file}"), token: cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await first.CancelAsync();
        await running;
        Assert.False(File.Exists(file));
    }

    [Fact]
    public async Task A_watcher_that_fails_ends_the_execution_and_leaves_nothing_running()
    {
        var failing = new FailingWatcher();
        var request = _machine.Request(Mine("echo x; sleep 68.1"), null, 30, null);
        await Assert.ThrowsAsync<InvalidOperationException>(() => _machine.ExecuteAsync(request, failing));
        AssertNoProcess("68.1");
    }

    private string Mine(string text) => System.Text.RegularExpressions.Regex.Replace(text, @"\b(6\d|70)\.(\d)\b", $"$1.{_run}$2");

    private void AssertNoProcess(params string[] sleeps)
    {
        foreach (var directory in Directory.EnumerateDirectories("/proc").Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0])))
        {
            string commandLine;
            try
            {
                commandLine = File.ReadAllText(Path.Combine(directory, "cmdline")).Replace('\0', ' ');
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                continue;
            }

            foreach (var sleep in sleeps)
                Assert.False(commandLine.Contains("sleep " + Mine(sleep), StringComparison.Ordinal), $"still there: {commandLine}");
        }
    }

    private sealed class FailingWatcher : IExecutionOutput
    {
        public void Append(string text) => throw new InvalidOperationException("broken");
    }
}
