using ChatOps.Node;
using ChatOps.Tests.Node;

namespace ChatOps.Tests.Fleet;

/// <summary>A daemon that runs in this process.</summary>
internal sealed class DaemonRun
{
    private readonly CancellationTokenSource stop = new();
    private readonly StringWriter log = new();

    public DaemonRun(DaemonOptions options, TimeProvider? time = null) => End = NodeDaemon.RunAsync(options, new PlainRedactor(), TextWriter.Synchronized(log), time ?? TimeProvider.System, stop.Token);

    public Task<DaemonEnd> End { get; }

    public string Log => log.ToString();

    public async Task StopAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAny(End, Task.Delay(Testing.Until.Limit));
    }
}
