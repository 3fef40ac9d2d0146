using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ChatOps.Checks;
using ChatOps.Checks.Running;
using ChatOps.Host;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Benchmarks.Checks;

/// <summary>What 5,000 checks a minute cost the gateway: their looks at a real port, their states, and what the store keeps of them.</summary>
internal sealed class ChecksLoad : IBenchmark
{
    private const int Checks = 5000;
    private const double Goal = 20;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(20);

    /// <inheritdoc/>
    public string Name => "checks";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Measure>> RunAsync(TextWriter notes)
    {
        var directory = Directory.CreateTempSubdirectory("chatops-checks-").FullName;
        using var end = new CancellationTokenSource();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var accepting = AcceptAsync(listener, end.Token);
        try
        {
            var port = ((IPEndPoint)listener.LocalEndpoint).Port;
            var workspace = Path.Combine(directory, "workspace");
            Directory.CreateDirectory(Path.Combine(workspace, "checks"));
            await File.WriteAllTextAsync(Path.Combine(workspace, "checks", "many.yaml"), Yaml(port));
            var places = GatewayPlaces.Find(Repository.Root, workspace);
            await using var host = await GatewayHost.StartAsync(new GatewaySetup(GatewayMode.Command, new ChatOpsOptions(), places, Path.Combine(directory, "data")), CancellationToken.None);
            var (loop, checks) = (host.Services.GetRequiredService<CheckLoop>(), host.Services.GetRequiredService<IChecks>());
            await TickAsync(loop, WarmUp);
            var began = TimeProvider.System.GetUtcNow();
            var (processor, clock) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
            await TickAsync(loop, Length);
            var (used, took) = (Environment.CpuUsage.TotalTime - processor, Stopwatch.GetElapsedTime(clock));
            var looked = checks.States.Count(s => s.LastAt >= began);
            var bad = checks.States.Count(s => s.IsBad);
            var alone = await BareAsync(port, looked);
            var share = used / took * 100;
            await notes.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {looked} looks in {took.TotalSeconds:0.0} s, {bad} of {checks.States.Count} bad, {used.TotalMilliseconds / Math.Max(1, looked):0.000} ms of processor each"));
            return
            [
                new Measure($"{Checks} checks of a port, each once a minute: processor", string.Create(CultureInfo.InvariantCulture, $"{share:0.0} % of one core ({looked / took.TotalSeconds * 60:0} looks a minute)"))
                {
                    Reference = string.Create(CultureInfo.InvariantCulture, $"the same connections and nothing else: {alone / took * 100:0.0} %"),
                    Ratio = used / alone,
                    Goal = string.Create(CultureInfo.InvariantCulture, $"< {Goal:0} %"),
                    Met = share < Goal && bad == 0,
                },
            ];
        }
        finally
        {
            await end.CancelAsync();
            await accepting;
            Directory.Delete(directory, recursive: true);
        }
    }

    private static string Yaml(int port)
    {
        var text = new StringBuilder("checks:\n");
        for (var i = 0; i < Checks; i++) text.Append(CultureInfo.InvariantCulture, $"  - {{ name: port-{i}, kind: tcp, host: 127.0.0.1, port: {port}, interval: 1m, warn: 30000 }}\n");
        return text.ToString();
    }

    // As the gateway's own host does it: a tick each second, and none waits for the one before.
    private static async Task TickAsync(CheckLoop loop, TimeSpan length)
    {
        using var timer = new PeriodicTimer(CheckLoop.Tick);
        var began = Stopwatch.GetTimestamp();
        List<Task> ticks = [];
        while (Stopwatch.GetElapsedTime(began) < length && await timer.WaitForNextTickAsync()) ticks.Add(loop.TickAsync(CancellationToken.None));
        await Task.WhenAll(ticks);
    }

    private static async Task<TimeSpan> BareAsync(int port, int count)
    {
        var began = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < count; i++)
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", port);
        }

        return Environment.CpuUsage.TotalTime - began;
    }

    private static async Task AcceptAsync(TcpListener listener, CancellationToken cancellationToken)
    {
        try
        {
            while (true) (await listener.AcceptTcpClientAsync(cancellationToken)).Dispose();
        }
        catch (OperationCanceledException)
        {
            // It is over.
        }
    }
}
