using System.Diagnostics;
using System.Globalization;
using ChatOps.Fleet;
using ChatOps.Node.Execution;

namespace ChatOps.Tests.Node;

public sealed class LeftoverReportTests
{
    [Fact]
    public async Task A_running_execution_is_seen_on_the_machine_by_its_id()
    {
        using var machine = new Machine();
        using var cancel = new CancellationTokenSource();
        var watcher = new Watcher();
        var id = Machine.NewId();
        var running = machine.ShellAsync("echo begun; sleep 69.1", watcher, id: id, token: cancel.Token);
        await watcher.SeesAsync("begun");
        Assert.Contains(id, ProcessTree.Marked().Values);
        Assert.All(ProcessTree.Marked().Where(m => m.Value == id), m => Assert.True(ProcessTree.HasExecutor(m.Key)));
        await cancel.CancelAsync();
        await running;
        Assert.DoesNotContain(id, ProcessTree.Marked().Values);
    }

    [Fact]
    public async Task What_outlived_the_program_that_began_it_is_told_from_what_somebody_else_runs()
    {
        var id = Machine.NewId();
        // A stranger begins it with the mark, as an executor does, and is gone.
        var start = new ProcessStartInfo("setsid", ["--fork", "sleep", "69.2"]) { RedirectStandardOutput = true };
        start.Environment.Clear();
        start.Environment[ChildEnvironment.Mark] = id;
        using (var stranger = Process.Start(start)!) await stranger.WaitForExitAsync(TestContext.Current.CancellationToken);

        await Testing.Until.TrueAsync(() => Task.FromResult(ProcessTree.Marked().Any(m => m.Value == id && !ProcessTree.HasExecutor(m.Key))));

        var left = ProcessTree.Marked().Single(m => m.Value == id).Key;
        using var process = Process.GetProcessById(left);
        process.Kill();
        await Testing.Until.TrueAsync(() => Task.FromResult(ProcessTree.HasExecutor(left)));
    }

    /// <summary>In the moment of the replacement the system shows neither program's environment.</summary>
    [Fact]
    public async Task The_environment_of_a_process_that_is_replaced_again_and_again_is_read_every_time()
    {
        using var machine = new Machine();
        using var cancel = new CancellationTokenSource();
        var watcher = new Watcher();
        var running = machine.ShellAsync($"echo $$.; exec {Replacing(machine)}", watcher, timeout: 300, token: cancel.Token);
        await watcher.SeesAsync(".");
        var process = int.Parse(watcher.Text.Split('.')[0], CultureInfo.InvariantCulture);
        for (var look = 0; look < 500; look++)
            Assert.NotNull(ProcessEnvironment.Read(process, held => held.IndexOf("CHATOPS_EXECUTION="u8) >= 0));
        await cancel.CancelAsync();
        Assert.Equal(ExecutionEnd.Cancelled, (await running).End);
    }

    [Fact]
    public async Task What_is_left_behind_is_found_while_its_program_is_replaced()
    {
        using var machine = new Machine();
        var result = await machine.ShellAsync($"setsid {Replacing(machine)} > /dev/null 2>&1 & echo started");
        Assert.Equal("started\n", result.Output);
        Assert.Contains("left 1 process behind", result.Message, StringComparison.Ordinal);
    }

    // A program that does nothing but start itself in its own place. It is read, not executed: a file that was just written may still be open for writing in a program that another test starts at this moment.
    private static string Replacing(Machine machine)
    {
        var file = Path.Combine(machine.Directory, "again");
        File.WriteAllText(file, "exec /bin/sh \"$0\"\n");
        return $"/bin/sh {file}";
    }
}
