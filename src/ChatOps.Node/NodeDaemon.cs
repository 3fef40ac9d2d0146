using System.Security.Cryptography;
using ChatOps.Configuration;
using ChatOps.Node.Connection;
using ChatOps.Node.Execution;
using ChatOps.Node.Facts;
using ChatOps.Node.Native;
using ChatOps.Node.Policy;
using ChatOps.Secrets;

namespace ChatOps.Node;

/// <summary>The daemon on a machine of the fleet: connects out to the relay and runs what the gateway signed. Made without a container, so that it starts at once.</summary>
public static class NodeDaemon
{
    /// <summary>Runs until it is asked to stop or the gateway wants it no more.</summary>
    /// <param name="options">Where and as whom.</param>
    /// <param name="redactor">Removes secrets from what is kept on this machine.</param>
    /// <param name="log">Where it says what happens.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Asks it to stop.</param>
    /// <exception cref="ConfigurationProblemsException">It cannot start as things are.</exception>
    public static async Task<DaemonEnd> RunAsync(DaemonOptions options, IRedactor redactor, TextWriter log, TimeProvider time, CancellationToken cancellationToken)
    {
        foreach (var relay in options.MoreRelays.Prepend(options.Relay))
        {
            if (RelayAddress.Problem(relay) is { } problem) throw Wrong("--relay", problem);
        }

        if (options.Pin is { } pin && !ServerTrust.IsPin(pin)) throw Wrong("--pin", "is the SHA-256 of the public key of the relay's certificate: 64 hexadecimal digits.");
        if (options.JoinToken is { } token && JoinTokenText.GatewayOf(token) is null) throw Wrong("--join", "is no join token; 'chatops node token create' makes one.");
        var policy = NodePolicyLoader.Load(options.PolicyFile ?? Path.Combine(options.StateDirectory, "node-policy.yaml"));
        using var identity = NodeIdentity.Open(options.StateDirectory);
        if (identity.Membership is null && options.JoinToken is null) throw Wrong("--join", $"is missing: this node has not joined yet ({options.StateDirectory} holds no membership).");

        var journal = new DaemonLog(log, time);
        var executor = new LocalExecutor(
            new NodeOptions { StateDirectory = options.StateDirectory, FilesRoot = options.StateDirectory, ContinuesOnExecutionThread = true, AdoptsOrphans = options.HasProcess && Orphans.Adopt() }, redactor, time, new DaemonLogOf<LocalExecutor>(journal));
        using var executions = new NodeExecutions(executor, options);
        var client = new RelayClient(options, identity, policy, executions, new LinuxFacts(), RandomNumberGenerator.GetHexString(32, lowercase: true), journal, time);
        var end = await client.RunAsync(cancellationToken);
        await StopAsync(executions, end.Asked ? options.StopPatience : TimeSpan.Zero, time);
        return end;
    }

    // Running commands get a while; then they are stopped, and their ends are recorded here for the next connection.
    private static async Task StopAsync(NodeExecutions executions, TimeSpan patience, TimeProvider time)
    {
        var idle = executions.WhenIdleAsync();
        await Task.WhenAny(idle, Task.Delay(patience, time));
        executions.CancelAll();
        await idle;
    }

    private static ConfigurationProblemsException Wrong(string key, string reason) => new([new("command line", 0, key, reason)]);
}
