using ChatOps.Audit;
using ChatOps.Fleet.Frames;
using ChatOps.Fleet.Relay;
using ChatOps.Gateways;
using ChatOps.Storage;

namespace ChatOps.Fleet.Membership;

/// <summary>Decides who is let in, once the proof of the key is right. When in doubt, nobody is, and somebody is told.</summary>
internal sealed class Admission(NodeDirectory directory, NodeSessions sessions, IGateways gateways, FleetOptions options, TimeProvider time)
{
    // One text for unknown, used and expired: whoever guesses learns nothing.
    private const string BadToken = "The join token is not valid: it is unknown, was used, or its time is over. Make a new one: chatops node token create";

    /// <summary>Decides.</summary>
    /// <returns>The member with its next generation offered, or the refusal.</returns>
    public async Task<(NodeRow? Row, RefusedFrame? Refusal)> DecideAsync(HelloFrame hello, string remote, CancellationToken cancellationToken)
    {
        if (!NodeText.IsName(hello.Name) || (options.LocalNode.Enabled && hello.Name == options.LocalNode.Name)) return Refuse(RefusalCode.Name, $"The name cannot be used: {NodeText.NameRule} The gateway's own machine has a name too.", true);
        var key = Convert.ToBase64String(hello.Key);
        await directory.RefreshAsync(hello.Name, key, cancellationToken);
        if (directory.Find(hello.Name) is { } row && row.Key == key) return await MemberAsync(row, hello, remote, cancellationToken);
        return directory.All.FirstOrDefault(r => r.Key == key) is { } other
            ? Refuse(RefusalCode.Identity, $"This key belongs to the node {other.Name}. Remove that one first, or let this machine make a key of its own.", true)
            : await JoinAsync(hello, key, remote, cancellationToken);
    }

    /// <summary>The node has the new generation on its disk.</summary>
    public Task<NodeRow?> ConfirmAsync(string name, HelloFrame hello, long generation, CancellationToken cancellationToken) => directory.ChangeAsync(
        name,
        row => row with { Generation = generation, Gateway = gateways.Self.Id, Version = Short(hello.Version), Facts = FactText.Bounded(hello.Facts), LastSeenAt = time.GetUtcNow() },
        null,
        cancellationToken);

    private async Task<(NodeRow?, RefusedFrame?)> MemberAsync(NodeRow row, HelloFrame hello, string remote, CancellationToken cancellationToken)
    {
        var live = sessions.Find(row.Name);
        if (live is not null && live.Instance != hello.Instance && await live.AnswersAsync(cancellationToken))
        {
            await RaiseAsync(row, $"A second machine with this node's key tried to connect from {remote}; it was turned away. Was a disk copied? 'node resume {row.Name}' clears this.", false, cancellationToken);
            return Refuse(RefusalCode.Quarantined, "Another machine with this key is connected. A copied disk needs a key of its own: remove the state directory there and join anew with a token.", false);
        }

        if (row.Quarantined) return Refuse(RefusalCode.Quarantined, $"The node {row.Name} is in quarantine until an operator has looked: node show {row.Name}", false);
        if (row.Generation == NodeRow.NotSeenSinceRestore && hello.Generation >= row.Offered) return await AfterRestoreAsync(row, hello, remote, cancellationToken);
        if (hello.Generation != row.Generation && hello.Generation != row.Offered && !await TokenIsGoodAsync(hello, cancellationToken))
        {
            await RaiseAsync(
                row, $"This node came from {remote} with an older state than it had (generation {hello.Generation}, not {row.Generation}): a disk was copied or restored. Nothing reaches it until 'node resume {row.Name}'.",
                true, cancellationToken);
            return Refuse(RefusalCode.Quarantined, $"The node {row.Name} came with an older state than the gateway knows, as a copied or restored disk does, and is in quarantine: node show {row.Name}", false);
        }

        // Strictly rising, also over offers that were never confirmed: no two machines ever hold the same one.
        var offered = await directory.ChangeAsync(row.Name, r => r with { Offered = Math.Max(r.Offered, r.Generation) + 1 }, null, cancellationToken);
        return offered is null ? Refuse(RefusalCode.Identity, "The node was removed.", true) : (offered, null);
    }

    // The gateway's own memory is old here, not the node's. The key is proven; the counter of the first that comes with it counts from now on, and a second machine shows as ever.
    private async Task<(NodeRow?, RefusedFrame?)> AfterRestoreAsync(NodeRow row, HelloFrame hello, string remote, CancellationToken cancellationToken)
    {
        var first = false;
        var again = await directory.ChangeAsync(
            row.Name,
            r => (first = r.Generation == NodeRow.NotSeenSinceRestore) ? r with { Generation = hello.Generation, Offered = hello.Generation + 1 } : r,
            new AuditEntry(AuditKind.System, $"The node {row.Name} proved its key again from {remote}, after the gateway was restored from a backup.") { Nodes = [row.Name], Outcome = "done" },
            cancellationToken);
        return again is null ? Refuse(RefusalCode.Identity, "The node was removed.", true) : first ? (again, null) : await MemberAsync(again, hello, remote, cancellationToken);
    }

    private async Task<(NodeRow?, RefusedFrame?)> JoinAsync(HelloFrame hello, string key, string remote, CancellationToken cancellationToken)
    {
        if (hello.Token is null)
            return Refuse(RefusalCode.Identity, "The gateway does not know this node; it was removed, or never joined. Join with a token: chatops node token create", true);
        if (WrongLabel(hello.Labels) is { } label) return Refuse(RefusalCode.Name, label, true);
        if (directory.Count >= options.Relay.MaxNodes) return Refuse(RefusalCode.Full, $"The fleet has {options.Relay.MaxNodes} nodes, which is the limit (Fleet:Relay:MaxNodes).", false);
        var now = time.GetUtcNow();
        var (good, row) = await directory.JoinAsync(
            TokenHash.Of(hello.Token),
            token => new NodeRow(hello.Name, key, Labels(token, hello), false, false, null, 0, 1, Short(hello.Version), FactText.Bounded(hello.Facts), now, now, 1),
            added => new AuditEntry(AuditKind.System, $"The node {added.Name} joined from {remote}.")
            {
                Nodes = [added.Name],
                Outcome = "done",
                Detail = new Dictionary<string, string> { ["key"] = Fingerprint(hello), ["labels"] = string.Join(" ", added.Labels.Select(l => $"{l.Key}={l.Value}")) },
            },
            now, cancellationToken);
        if (!good) return Refuse(RefusalCode.Token, BadToken, true);
        if (row is not null) return (row, null);
        if (directory.Find(hello.Name) is { } taken)
        {
            await RaiseAsync(
                taken, $"A machine with another key ({Fingerprint(hello)[..16]}…) tried to join under this name from {remote}; it was turned away. If it replaces this one, 'node remove {taken.Name}' first.",
                false, cancellationToken);
        }

        return Refuse(RefusalCode.Name, $"There is a node {hello.Name} with another key. Choose another --name, or have the old one removed first: node remove {hello.Name}", true);
    }

    private async Task<bool> TokenIsGoodAsync(HelloFrame hello, CancellationToken cancellationToken) =>
        hello.Token is not null && await directory.SpendTokenAsync(TokenHash.Of(hello.Token), time.GetUtcNow(), cancellationToken);

    // Whoever keeps trying is recorded once, not at every attempt.
    private async Task RaiseAsync(NodeRow row, string alert, bool quarantine, CancellationToken cancellationToken)
    {
        if (row.Alert is not null && (row.Quarantined || !quarantine)) return;
        await directory.ChangeAsync(
            row.Name,
            r => r with { Alert = alert, Quarantined = r.Quarantined || quarantine },
            new AuditEntry(AuditKind.System, $"{row.Name}: {alert}") { Nodes = [row.Name], Rule = quarantine ? "quarantine" : "second key", Outcome = "refused" },
            cancellationToken);
    }

    private static string Fingerprint(HelloFrame hello) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(hello.Key));

    private static SortedDictionary<string, string> Labels(JoinToken token, HelloFrame hello)
    {
        var labels = new SortedDictionary<string, string>((hello.Labels ?? new Dictionary<string, string>()).ToDictionary(), StringComparer.Ordinal);
        foreach (var (name, value) in token.Labels) labels[name] = value;
        return labels;
    }

    private static string? WrongLabel(IReadOnlyDictionary<string, string>? labels) =>
        labels is null ? null
        : labels.Count > LocalNodeOptions.MaxLabels / 2 ? $"A node brings at most {LocalNodeOptions.MaxLabels / 2} labels of its own."
        : labels.Keys.FirstOrDefault(k => !NodeText.IsLabelKey(k)) is not null ? NodeText.LabelKeyRule
        : labels.Values.FirstOrDefault(v => !NodeText.IsLabelValue(v)) is not null ? NodeText.LabelValueRule
        : null;

    private static string Short(string version) => FactText.Bounded(version);

    private static (NodeRow?, RefusedFrame?) Refuse(string code, string reason, bool final) => (null, new RefusedFrame(code, reason, final));
}
