using ChatOps.Fleet;
using ChatOps.Testing.Ssh;

namespace ChatOps.Tests.Fleet.Ssh;

public sealed class SshExecutionTests
{
    // To come to its last line, on a machine that is busy.
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task A_command_runs_there_as_the_user_that_logged_in_and_both_its_streams_come_back()
    {
        await using var fleet = await SshHarness.WithNodeAsync();

        var result = await fleet.RunAsync("id -un; echo wrong >&2; echo $CHATOPS_EXECUTION; pwd");

        Assert.Equal((ExecutionEnd.Exited, 0, null), (result.End, result.ExitCode, result.Message));
        Assert.Equal($"{SshServer.User}\nwrong\nx1\n/\n", result.Output);
        Assert.Equal(result.Output, string.Concat(fleet.Watched));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(127)]
    [InlineData(254)]
    [InlineData(255)]
    public async Task Every_exit_status_is_the_commands_own_even_the_one_that_ssh_uses_for_its_failures(int status)
    {
        await using var fleet = await SshHarness.WithNodeAsync();

        var result = await fleet.RunAsync($"echo before; exit {status}");

        Assert.Equal((ExecutionEnd.Exited, status, "before\n"), (result.End, result.ExitCode, result.Output));
    }

    [Fact]
    public async Task A_killed_command_ends_with_its_signal()
    {
        await using var fleet = await SshHarness.WithNodeAsync();

        var result = await fleet.RunAsync("kill -9 $$");

        Assert.Equal((ExecutionEnd.Exited, 128 + 9), (result.End, result.ExitCode));
    }

    [Fact]
    public async Task A_script_of_many_lines_is_the_shells_and_not_a_byte_of_it_is_read_by_anybody_else()
    {
        await using var fleet = await SshHarness.WithNodeAsync();

        var result = await fleet.RunAsync("""
            for i in 1 2; do
              printf '%s\n' "it's $i"
            done
            cat <<'END'
            $HOME `id` "quoted" \n
            END
            read line || echo "no input"
            """);

        Assert.Equal("it's 1\nit's 2\n$HOME `id` \"quoted\" \\n\nno input\n", result.Output);
    }

    [Fact]
    public async Task A_long_line_is_no_argument_of_ssh_and_arrives_whole()
    {
        await using var fleet = await SshHarness.WithNodeAsync();
        var long_ = new string('a', 100_000);

        var result = await fleet.RunAsync($"x='{long_}'; echo ${{#x}}");

        Assert.Equal("100000\n", result.Output);
    }

    [Fact]
    public async Task A_missing_directory_or_program_starts_nothing_and_says_so()
    {
        await using var fleet = await SshHarness.WithNodeAsync();

        var directory = await fleet.RunAsync("true", change: r => r with { WorkingDirectory = "/not/there" });
        var program = await fleet.RunAsync([new("no-such-program", false)]);
        var nul = await fleet.RunAsync("echo a\0b");

        Assert.Equal((ExecutionEnd.NotStarted, "The working directory /not/there does not exist on web or may not be entered."), (directory.End, directory.Message));
        Assert.Equal((ExecutionEnd.NotStarted, "no-such-program: program not found on web."), (program.End, program.Message));
        Assert.Equal(ExecutionEnd.NotStarted, nul.End);
    }

    [Fact]
    public async Task Output_beyond_the_bounds_is_cut_in_the_middle_and_the_whole_is_in_a_file_up_to_its_bound()
    {
        await using var fleet = await SshHarness.WithNodeAsync();
        var file = fleet.PathOf("whole");

        var result = await fleet.RunAsync("seq 1 200000", change: r => r with { Limits = new OutputLimits(1000, 1000, 100_000, file) });

        Assert.Equal(ExecutionEnd.Exited, result.End);
        Assert.StartsWith("1\n2\n", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("\n200000\n", result.Output, StringComparison.Ordinal);
        Assert.Contains(OmittedNote.For(result.OmittedBytes), result.Output, StringComparison.Ordinal);
        Assert.Equal((1288895, file), (result.TotalBytes, result.FilePath));
        var kept = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        Assert.StartsWith("1\n2\n", kept, StringComparison.Ordinal);
        Assert.Equal(100_000, kept.IndexOf("\n… ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_login_prints_before_is_not_the_commands_output()
    {
        await using var fleet = await SshHarness.WithNodeAsync(settings: "ForceCommand echo Welcome; echo to the machine >&2; exec /bin/sh -c \"$SSH_ORIGINAL_COMMAND\"");

        var result = await fleet.RunAsync("echo mine");

        Assert.Equal("mine\n", result.Output);
    }

    [Fact]
    public async Task A_process_that_it_leaves_behind_is_stopped_and_told_even_in_a_session_of_its_own()
    {
        await using var fleet = await SshHarness.WithNodeAsync();
        var file = fleet.PathOf("alive");

        var result = await fleet.RunAsync($"setsid sh -c 'echo $$ > {file}; exec sleep 300' >/dev/null 2>&1 & while [ ! -s {file} ]; do sleep 0.05; done; echo done");

        Assert.Equal((ExecutionEnd.Exited, 0, "done\n"), (result.End, result.ExitCode, result.Output));
        Assert.Equal("It left 1 process behind; it was stopped.", result.Message);
        await GoneAsync(file);
    }

    [Fact]
    public async Task A_time_limit_ends_the_whole_tree_there()
    {
        await using var fleet = await SshHarness.WithNodeAsync();
        var file = fleet.PathOf("alive");

        var result = await fleet.RunAsync($"echo begun; setsid sh -c 'echo $$ > {file}; exec sleep 300' & sleep 300", Enough);

        Assert.Equal((ExecutionEnd.TimedOut, "begun\n", "It ran longer than 3 s and was stopped."), (result.End, result.Output, result.Message));
        await GoneAsync(file);
    }

    [Fact]
    public async Task What_ignores_the_polite_signal_is_killed()
    {
        await using var fleet = await SshHarness.WithNodeAsync();
        var file = fleet.PathOf("alive");

        var result = await fleet.RunAsync($"trap '' TERM; echo $$ > {file}; while :; do sleep 1; done", Enough);

        Assert.Equal(ExecutionEnd.TimedOut, result.End);
        await GoneAsync(file);
    }

    [Fact]
    public async Task A_stop_ends_the_whole_tree_there()
    {
        await using var fleet = await SshHarness.WithNodeAsync();
        var file = fleet.PathOf("alive");
        using var stop = new CancellationTokenSource();

        var running = fleet.RunAsync($"echo begun; setsid sh -c 'echo $$ > {file}; exec sleep 300' & sleep 300", cancellationToken: stop.Token);
        await Testing.Until.TrueAsync(() => File.Exists(file) && new FileInfo(file).Length > 0);
        await stop.CancelAsync();
        var result = await running;

        Assert.Equal((ExecutionEnd.Cancelled, "begun\n", "It was cancelled and stopped."), (result.End, result.Output, result.Message));
        await GoneAsync(file);
    }

    [Fact]
    public async Task A_stop_before_anything_was_sent_starts_nothing()
    {
        await using var fleet = await SshHarness.WithNodeAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fleet.RunAsync($"touch {fleet.PathOf("made")}", cancellationToken: new CancellationToken(true)));

        Assert.False(File.Exists(fleet.PathOf("made")));
    }

    [Fact]
    public async Task A_connection_that_is_cut_in_the_middle_leaves_an_unknown_end_and_nothing_is_repeated()
    {
        await using var fleet = await SshHarness.WithNodeAsync();
        var file = fleet.PathOf("count");
        var go = fleet.PathOf("go");

        var running = fleet.RunAsync($"echo x >> {file}; while [ ! -e {go} ]; do sleep 0.1; done; echo y >> {file}");
        await Testing.Until.TrueAsync(() => File.Exists(file));
        fleet.Server.Cut();
        var result = await running;

        Assert.Equal(ExecutionEnd.Unknown, result.End);
        Assert.Null(result.ExitCode);
        Assert.Contains("was lost while it ran", result.Message, StringComparison.Ordinal);
        // It comes back by itself, and the command that was begun has gone on there, once.
        await Testing.Until.TrueAsync(() => fleet.State() == NodeState.Online);
        await File.WriteAllTextAsync(go, "", TestContext.Current.CancellationToken);
        await Testing.Until.TrueAsync(() => File.ReadAllText(file) == "x\ny\n");
        Assert.Equal("again\n", (await fleet.RunAsync("echo again")).Output);
        Assert.Equal("x\ny\n", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Of_what_ran_when_the_gateway_died_the_end_is_unknown()
    {
        await using var fleet = await SshHarness.WithNodeAsync();

        var result = await fleet.RunAsync($"touch {fleet.PathOf("made")}", change: r => r with { OnlyAttach = true });

        Assert.Equal(ExecutionEnd.Unknown, result.End);
        Assert.False(File.Exists(fleet.PathOf("made")));
    }

    private static async Task GoneAsync(string file)
    {
        var process = int.Parse((await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Trim(), System.Globalization.CultureInfo.InvariantCulture);
        await Testing.Until.TrueAsync(() => !File.Exists($"/proc/{process}/cmdline") || File.ReadAllText($"/proc/{process}/cmdline").Length == 0);
    }
}
