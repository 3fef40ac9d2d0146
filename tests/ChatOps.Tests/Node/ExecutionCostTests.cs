namespace ChatOps.Tests.Node;

/// <summary>What the whole process needs is looked at here, so nothing else may run in it meanwhile.</summary>
[Collection(nameof(AloneInTheProcess))]
public sealed class ExecutionCostTests : IDisposable
{
    private readonly Machine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Theory]
    [InlineData("head -c 1G /dev/zero")]
    [InlineData("yes 'a line of ordinary text, some fifty characters long' | head -c 1G")]
    public async Task A_gigabyte_is_read_in_bounded_memory_and_time(string line)
    {
        var watcher = new Watcher();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var spent = Environment.CpuUsage.TotalTime;
        var result = await _machine.ShellAsync(line, watcher, timeout: 600);
        Assert.Equal((1L << 30, 0), (result.TotalBytes, result.ExitCode!.Value));
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 16 << 20);
        Assert.InRange(result.Output.Length, 0, 140_000);
        Assert.True(watcher.Characters < (1L << 29), "live output is bounded too");
        Assert.InRange(Environment.CpuUsage.TotalTime - spent, TimeSpan.Zero, TimeSpan.FromSeconds(60));
    }
}
