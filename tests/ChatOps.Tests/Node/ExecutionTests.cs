using ChatOps.Fleet;

namespace ChatOps.Tests.Node;

public sealed class ExecutionTests : IDisposable
{
    private readonly Machine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task Arguments_arrive_exactly_as_they_were()
    {
        string[] arguments = ["a b", "", "$HOME", "`id`", "*", "'\"\\", "; rm -rf /", "ü€😀", "-n", "\n", "\x1b[31m"];
        var result = await _machine.RunAsync(["printf", "<%s>", .. arguments]);
        Assert.Equal(string.Concat(arguments.Select(argument => $"<{argument}>")), result.Output);
        Assert.True(result.Succeeded);
        Assert.Null(result.Message);
    }

    [Theory]
    [InlineData("exit 0", 0)]
    [InlineData("exit 3", 3)]
    [InlineData("exit 255", 255)]
    [InlineData("kill -9 $$", 137)]
    [InlineData("kill -SEGV $$", 139)]
    public async Task The_exit_status_is_the_programs(string line, int status)
    {
        var result = await _machine.ShellAsync(line);
        Assert.Equal((ExecutionEnd.Exited, status), (result.End, result.ExitCode));
    }

    [Fact]
    public async Task A_line_that_begins_with_a_dash_is_not_an_option_of_the_shell()
    {
        var result = await _machine.ShellAsync("-x; echo still");
        Assert.EndsWith("still\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pipe_carries_data_and_the_last_status_counts()
    {
        var result = await _machine.RunAsync([Machine.Pipe(Machine.Command("printf", "b\na\nb\n"), Machine.Command("sort"), Machine.Command("uniq", "-c"))]);
        Assert.Equal("      1 a\n      2 b\n", result.Output);
        var failing = await _machine.RunAsync([Machine.Pipe(Machine.Command("true"), Machine.Command("false"))]);
        Assert.Equal(1, failing.ExitCode);
        var early = await _machine.RunAsync([Machine.Pipe(Machine.Command("false"), Machine.Command("true"))]);
        Assert.Equal(0, early.ExitCode);
    }

    [Fact]
    public async Task A_reader_that_ends_early_ends_the_writer()
    {
        var result = await _machine.RunAsync([Machine.Pipe(Machine.Command("yes"), Machine.Command("head", "-1"))], timeout: 20);
        Assert.Equal((ExecutionEnd.Exited, 0, "y\n"), (result.End, result.ExitCode!.Value, result.Output));
        Assert.True(result.Duration < TimeSpan.FromSeconds(10));
        Assert.Null(result.Message);
    }

    [Theory]
    [InlineData("true", CommandJoin.And, "ran\n")]
    [InlineData("false", CommandJoin.And, "")]
    [InlineData("true", CommandJoin.Or, "")]
    [InlineData("false", CommandJoin.Or, "ran\n")]
    [InlineData("false", CommandJoin.Always, "ran\n")]
    public async Task Joins_follow_the_status(string first, CommandJoin join, string expected)
    {
        var result = await _machine.RunAsync([Machine.Pipe(Machine.Command(first)), new CommandPipeline(join, false, [Machine.Command("echo", "ran")])]);
        Assert.Equal(expected, result.Output);
    }

    [Fact]
    public async Task An_exclamation_mark_inverts_the_status()
    {
        Assert.Equal(1, (await _machine.RunAsync([new CommandPipeline(CommandJoin.Always, true, [Machine.Command("true")])])).ExitCode);
        Assert.Equal(0, (await _machine.RunAsync([new CommandPipeline(CommandJoin.Always, true, [Machine.Command("false")])])).ExitCode);
    }

    [Fact]
    public async Task Redirections_are_applied_in_order()
    {
        var sh = Machine.Command("sh", "-c", "echo out; echo err >&2");
        async Task<string> With(params CommandRedirection[] redirections) => (await _machine.RunAsync([Machine.Pipe(sh with { Redirections = redirections }, Machine.Command("sed", "s/^/|/"))])).Output;
        Assert.Equal("|out\n", await With(CommandRedirection.StderrToNull));
        Assert.Equal("", await With(CommandRedirection.StdoutToNull, CommandRedirection.StderrToStdout));
        Assert.Equal("|err\n", await With(CommandRedirection.StderrToStdout, CommandRedirection.StdoutToNull));
        Assert.Equal("|out\n|err\n", await With(CommandRedirection.StderrToStdout));
        Assert.Equal("out\nerr\n", await With(CommandRedirection.StdoutToStderr));
    }

    [Fact]
    public async Task Standard_input_is_empty()
    {
        var result = await _machine.RunAsync("cat");
        Assert.Equal((0, ""), (result.ExitCode!.Value, result.Output));
    }

    [Fact]
    public async Task A_missing_program_is_not_started_and_named()
    {
        var result = await _machine.RunAsync("no-such-program", "x");
        Assert.Equal((ExecutionEnd.NotStarted, (int?)null), (result.End, result.ExitCode));
        Assert.Contains("no-such-program", result.Message!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_program_in_a_chain_behaves_as_in_a_shell()
    {
        var result = await _machine.RunAsync(
            [Machine.Pipe(Machine.Command("no-such-program")), new CommandPipeline(CommandJoin.Or, false, [Machine.Command("echo", "fallback")])]);
        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("no-such-program: program not found", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("fallback\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_directory_is_not_started_and_named()
    {
        var result = await _machine.ExecuteAsync(_machine.Request("true", null, 10, null) with { WorkingDirectory = "/no/such/place" });
        Assert.Equal(ExecutionEnd.NotStarted, result.End);
        Assert.Contains("/no/such/place", result.Message!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_working_directory_is_the_one_asked_for() =>
        Assert.Equal(_machine.Directory + "\n", (await _machine.RunAsync("pwd")).Output);

    [Fact]
    public async Task What_cannot_be_an_argument_is_refused()
    {
        foreach (var argument in new[] { "a\0b", "\ud800" })
            Assert.Equal(ExecutionEnd.NotStarted, (await _machine.RunAsync("echo", argument)).End);
    }

    [Fact]
    public async Task Too_long_arguments_are_said()
    {
        var result = await _machine.RunAsync("echo", new string('x', 1_000_000));
        Assert.Equal(ExecutionEnd.NotStarted, result.End);
        Assert.Contains("too long", result.Message!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_environment_is_an_allow_list()
    {
        Environment.SetEnvironmentVariable("CHATOPS_TEST_SECRET", "hidden");
        using var machine = new Machine();
        var output = (await machine.ShellAsync("env")).Output;
        var names = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('=')[0]).Order(StringComparer.Ordinal);
        string[] allowed =
        [
            "CHATOPS_EXECUTION", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM", "GIT_PAGER", "GIT_TERMINAL_PROMPT", "HOME", "LANG", "LOGNAME", "PAGER", "PATH", "PWD",
            "SYSTEMD_PAGER", "TERM", "TZ", "USER",
        ];
        Assert.Empty(names.Except(allowed));
        Assert.Contains("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\n", output, StringComparison.Ordinal);
        Assert.Contains("TERM=dumb\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_named_variable_is_passed_on()
    {
        Environment.SetEnvironmentVariable("CHATOPS_TEST_PASSED", "yes");
        using var machine = new Machine(options => options with { PassEnvironment = ["CHATOPS_TEST_PASSED"] });
        Assert.Contains("CHATOPS_TEST_PASSED=yes\n", (await machine.RunAsync("env")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_handle_is_inherited()
    {
        // One that was opened without close-on-exec, as a native library might.
        var leaked = OpenLeaky();
        Assert.True(leaked > 2);
        var listing = (await _machine.RunAsync("ls", "/proc/self/fd")).Output;
        Assert.Equal("0\n1\n2\n3\n", listing); // 3 is the directory that ls reads
    }

    [Fact]
    public async Task Each_execution_has_its_own_session_and_default_signals()
    {
        var stat = (await _machine.RunAsync("cat", "/proc/self/stat")).Output;
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        var number = stat.Split(' ')[0];
        Assert.Equal((number, number), (fields[2], fields[3]));
        var status = (await _machine.RunAsync("grep", "-E", "^Sig(Ign|Blk):", "/proc/self/status")).Output;
        // Signals 32 and 33 belong to the C library, which ignores them in a new process.
        Assert.Matches("^SigBlk:\t0{16}\nSigIgn:\t0000000[01]80000000\n$|^SigBlk:\t0{16}\nSigIgn:\t0{16}\n$", status);
    }

    [Fact]
    public async Task A_hundred_at_once_all_succeed_and_keep_their_outputs_apart()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 100).Select(number => _machine.ShellAsync($"echo start {number}; sleep 0.05; echo end {number}")));
        for (var number = 0; number < results.Length; number++)
            Assert.Equal($"start {number}\nend {number}\n", results[number].Output);
    }

    [Fact]
    public async Task More_than_the_bound_wait_in_order()
    {
        using var machine = new Machine(options => options with { MaxConcurrent = 2 });
        var running = Directory.CreateDirectory(Path.Combine(machine.Directory, "running")).FullName;
        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => machine.ShellAsync($"touch {running}/{number}; ls {running} | wc -l; sleep 0.1; rm {running}/{number}")));
        Assert.All(results, result => Assert.InRange(int.Parse(result.Output, System.Globalization.CultureInfo.InvariantCulture), 1, 2));
    }

    [System.Runtime.InteropServices.DllImport("libc", EntryPoint = "dup")]
    private static extern int Duplicate(int descriptor);

    private static int OpenLeaky() => Duplicate(1);
}
