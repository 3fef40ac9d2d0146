using System.Globalization;
using ChatOps.Benchmarks.Start;
using ChatOps.Testing;

namespace ChatOps.Benchmarks.Slack;

/// <summary>Slack's framework for Node.js, installed from npm into artifacts/ and started on a port of its own.</summary>
internal static class BoltProgram
{
    private const string Version = "5.1.0";

    /// <summary>Where Bolt takes everything.</summary>
    public const string Path = "/slack/events";

    /// <summary>Starts it.</summary>
    public static async Task<Server> StartAsync(string signingSecret, Uri api)
    {
        var directory = System.IO.Path.Combine(Repository.Root, "artifacts", "benchmark-bolt");
        Directory.CreateDirectory(directory);
        await using (var script = typeof(BoltProgram).Assembly.GetManifestResourceStream("bolt.mjs")!)
        await using (var file = File.Create(System.IO.Path.Combine(directory, "bolt.mjs")))
        {
            await script.CopyToAsync(file);
        }

        if (!Directory.Exists(System.IO.Path.Combine(directory, "node_modules", "@slack", "bolt")))
            await Command.RunAsync("npm", ["install", "--no-audit", "--no-fund", "--silent", $"@slack/bolt@{Version}"], directory);
        return await Server.StartAsync(
            "node", [System.IO.Path.Combine(directory, "bolt.mjs"), LoopbackPort.Free().ToString(CultureInfo.InvariantCulture), api.AbsoluteUri], new() { ["SIGNING_SECRET"] = signingSecret, ["NODE_ENV"] = "production" });
    }
}
