using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using ChatOps.Node;
using ChatOps.Secrets;

namespace ChatOps.Benchmarks.Fleet;

/// <summary>Many node identities in one other process: the daemon's own code, each with its key, its connection and its state directory.</summary>
internal sealed class LightNodes : IAsyncDisposable
{
    /// <summary>The argument with which this program is such a process.</summary>
    public const string Argument = "light-nodes";

    private const int JoinsAtOnce = 16;
    private readonly Process process;

    private LightNodes(Process process) => this.process = process;

    /// <summary>The labels of the node with a number: what kind it is, and the sizes of fleets that it belongs to (<c>first-100=yes</c>).</summary>
    public static string Labels(string kind, int number, IEnumerable<int> sizes) =>
        string.Join(',', sizes.Where(s => number < s).Select(s => string.Create(CultureInfo.InvariantCulture, $"first-{s}=yes")).Prepend("kind=" + kind));

    /// <summary>Joins so many and waits until all are connected.</summary>
    /// <param name="gateway">Where.</param>
    /// <param name="directory">Their state directories are made here.</param>
    /// <param name="count">How many.</param>
    /// <param name="sizes">Sizes of parts of the fleet that are to be selectable.</param>
    public static async Task<LightNodes> JoinAsync(FleetGateway gateway, string directory, int count, params int[] sizes)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [Argument, gateway.Relay.ToString(), directory]) { RedirectStandardInput = true };

        // As the daemon is shipped: nothing is compiled a second time in the background.
        start.Environment["DOTNET_TieredCompilation"] = "0";
        var process = Process.Start(start)!;
        var nodes = new LightNodes(process);
        try
        {
            await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = JoinsAtOnce }, async (i, _) =>
            {
                var token = await gateway.TokenAsync(Labels("light", i, sizes));
                lock (process) process.StandardInput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"light-{i} {token}"));
            });
            await process.StandardInput.FlushAsync();
            await gateway.OnlineAsync("kind=light", count);
            return nodes;
        }
        catch
        {
            await nodes.DisposeAsync();
            throw;
        }
    }

    /// <summary>The other process: a line of its input is a node, with its token; the end of its input is its end.</summary>
    public static async Task<int> RunAsync(string relay, string directory)
    {
        var redactor = SecretsRegistration.CreateRedactor(new SecretsOptions { Key = RandomNumberGenerator.GetBytes(SecretsOptions.MinKeyLength) });
        using var stop = new CancellationTokenSource();
        List<Task> daemons = [];
        while (await System.Console.In.ReadLineAsync() is { } line)
        {
            var (name, token) = line.Split(' ') is [var n, var t] ? (n, t) : throw new InvalidDataException("A line is a name and a token.");
            var options = new DaemonOptions
            {
                Relay = new Uri(relay), JoinToken = token, Name = name, StateDirectory = Path.Combine(directory, name), StopPatience = TimeSpan.Zero, HasProcess = true,
            };
            daemons.Add(NodeDaemon.RunAsync(options, redactor, TextWriter.Null, TimeProvider.System, stop.Token));
        }

        await stop.CancelAsync();
        await Task.WhenAll(daemons);
        return 0;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
