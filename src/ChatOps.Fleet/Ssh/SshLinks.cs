using Microsoft.Extensions.Logging;
using System.Collections.Concurrent;
using ChatOps.Audit;
using ChatOps.Fleet.Membership;
using ChatOps.Storage;

namespace ChatOps.Fleet.Ssh;

/// <summary>The connections to all nodes that are reached by ssh, one a node.</summary>
internal sealed partial class SshLinks(NodeDirectory directory, SshClient client, SshPlaces places, SshOptions options, TimeProvider time, ILogger<SshLinks> log)
{
    private readonly ConcurrentDictionary<string, SshLink> links = new(StringComparer.Ordinal);

    /// <summary>The link of a member, made when there is none yet.</summary>
    public SshLink Of(NodeRow row) => links.GetOrAdd(row.Name, name => Make(name, row.Ssh!));

    /// <summary>The link of a node, if it was used.</summary>
    public SshLink? Find(string node) => links.GetValueOrDefault(node);

    /// <summary>A link for a machine that may become a member.</summary>
    public SshLink Make(string node, SshAddress address) => new(node, address, client, places, options, time) { Changed = ChangedAsync };

    /// <summary>Takes a new member's link.</summary>
    public void Add(SshLink link) => links[link.Node] = link;

    /// <summary>Lets a node go.</summary>
    public async Task RemoveAsync(string node)
    {
        if (links.TryRemove(node, out var link)) await link.DisposeAsync();
    }

    /// <summary>Ends all of them.</summary>
    public Task CloseAsync() => Task.WhenAll(links.Keys.ToList().Select(RemoveAsync));

    private async Task ChangedAsync(SshLink link, SshProblem? problem)
    {
        if (problem is null) LogUp(link.Node);
        else LogDown(link.Node, problem.Reason);
        // Made for a member that was removed in that moment.
        if (directory.Find(link.Node) is null && Find(link.Node) == link) _ = RemoveAsync(link.Node);
        try
        {
            var now = link.LastSeen;
            var changedKey = problem is { Kind: SshProblemKind.ChangedHostKey };
            if (!changedKey && now is null) return;
            await directory.ChangeAsync(
                link.Node,
                row => row with
                {
                    LastSeenAt = now ?? row.LastSeenAt, Facts = link.Facts ?? row.Facts, Quarantined = row.Quarantined || changedKey, Alert = changedKey ? Sentence(problem!) : row.Alert,
                },
                changedKey ? new AuditEntry(AuditKind.System, $"{link.Node}: {problem!.Reason}") { Nodes = [link.Node], Rule = "quarantine", Outcome = "refused" } : null,
                CancellationToken.None);
        }
        catch (StoreUnavailableException e)
        {
            LogStore(e.Message);
        }
    }

    private static string Sentence(SshProblem problem) => char.ToUpperInvariant(problem.Reason[0]) + problem.Reason[1..] + ".";
}
