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
        await cancel.CancelAsync();
        await running;
        Assert.DoesNotContain(id, ProcessTree.Marked().Values);
    }
}
