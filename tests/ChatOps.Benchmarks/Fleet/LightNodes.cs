using System.Globalization;
using System.Security.Cryptography;
using ChatOps.Node;
using ChatOps.Secrets;

namespace ChatOps.Benchmarks.Fleet;

/// <summary>Many node identities in this process: the daemon's own code, each with its key, its connection and its state directory.</summary>
internal static class LightNodes
{
    private const int JoinsAtOnce = 16;

    /// <summary>The labels of the node with a number: what kind it is, and the sizes of fleets that it belongs to (<c>first-100=yes</c>).</summary>
    public static string Labels(string kind, int number, IEnumerable<int> sizes) =>
        string.Join(',', sizes.Where(s => number < s).Select(s => string.Create(CultureInfo.InvariantCulture, $"first-{s}=yes")).Prepend("kind=" + kind));

    /// <summary>Joins so many and waits until all are connected.</summary>
    /// <param name="gateway">Where.</param>
    /// <param name="directory">Their state directories are made here.</param>
    /// <param name="count">How many.</param>
    /// <param name="stop">Ends them.</param>
    /// <param name="sizes">Sizes of parts of the fleet that are to be selectable.</param>
    /// <returns>Their runs.</returns>
    public static async Task<IReadOnlyList<Task>> JoinAsync(FleetGateway gateway, string directory, int count, CancellationToken stop, params int[] sizes)
    {
        var redactor = SecretsRegistration.CreateRedactor(new SecretsOptions { Key = RandomNumberGenerator.GetBytes(SecretsOptions.MinKeyLength) });
        var daemons = new Task[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = JoinsAtOnce, CancellationToken = stop }, async (i, _) =>
        {
            var options = new DaemonOptions
            {
                Relay = gateway.Relay, JoinToken = await gateway.TokenAsync(Labels("light", i, sizes)), Name = string.Create(CultureInfo.InvariantCulture, $"light-{i}"),
                StateDirectory = Path.Combine(directory, $"light-{i}"), StopPatience = TimeSpan.Zero,
            };
            daemons[i] = NodeDaemon.RunAsync(options, redactor, TextWriter.Null, TimeProvider.System, stop);
        });
        await gateway.OnlineAsync("kind=light", count);
        return daemons;
    }
}
