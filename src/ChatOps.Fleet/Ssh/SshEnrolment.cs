using System.Text.RegularExpressions;
using ChatOps.Audit;
using ChatOps.Fleet.Membership;
using ChatOps.Storage;

namespace ChatOps.Fleet.Ssh;

/// <summary>Makes machines members that are reached by ssh: only ones to which a connection works, and whose host key is known or was named.</summary>
internal sealed partial class SshEnrolment(NodeDirectory directory, SshLinks links, SshPlaces places, HostKeys keys, FleetOptions options, TimeProvider time) : IDisposable
{
    private const int MaxDestination = 255;
    private readonly SemaphoreSlim one = new(1);

    /// <summary>Adds one.</summary>
    /// <returns>Why not, for people.</returns>
    public async Task<string?> AddAsync(
        string name, SshAddress address, IReadOnlyDictionary<string, string> labels, string? hostKey, string by, CancellationToken cancellationToken)
    {
        if (Wrong(name, address, labels, hostKey) is { } wrong) return wrong;
        // Two additions of one name would share the file of its host key.
        await one.WaitAsync(cancellationToken);
        try
        {
            return Taken(name) ?? await ConnectAsync(name, address, labels, hostKey, by, cancellationToken);
        }
        finally
        {
            one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => one.Dispose();

    private async Task<string?> ConnectAsync(
        string name, SshAddress address, IReadOnlyDictionary<string, string> labels, string? hostKey, string by, CancellationToken cancellationToken)
    {
        places.Forget(name);
        if (hostKey is not null && await AcceptAsync(name, address, hostKey, cancellationToken) is { } refused) return refused;
        var link = links.Make(name, address);
        var added = false;
        try
        {
            if (await link.EnsureAsync(cancellationToken) is { } problem)
                return problem.Kind == SshProblemKind.UnknownHostKey ? await UnknownAsync(name, address, cancellationToken) : $"{name} was not added: {problem.Reason}.";
            var now = time.GetUtcNow();
            // No key of ours: it only keeps the place, under which no daemon can come.
            var row = new NodeRow(name, "ssh:" + name, labels, false, false, null, 0, 0, "", link.Facts ?? new Dictionary<string, string>(), now, now, 1) { Ssh = address };
            added = await directory.AddAsync(
                row,
                new AuditEntry(AuditKind.System, $"The node {name} was added: ssh {address}.")
                {
                    Nodes = [name],
                    Outcome = "done",
                    Detail = new Dictionary<string, string> { ["by"] = by, ["hostKey"] = hostKey ?? "known", ["labels"] = string.Join(" ", labels.Select(l => $"{l.Key}={l.Value}")) },
                },
                cancellationToken);
            if (!added) return $"There is a node '{name}' already.";
            links.Add(link);
            return null;
        }
        finally
        {
            if (!added)
            {
                await link.DisposeAsync();
                places.Forget(name);
            }
        }
    }

    private async Task<string?> AcceptAsync(string name, SshAddress address, string hostKey, CancellationToken cancellationToken)
    {
        var (wanted, shown) = await keys.FindAsync(name, address, hostKey, cancellationToken);
        if (wanted is null)
        {
            return shown.Count == 0
                ? $"{name} was not added: {address} showed no host key; it could not be reached."
                : $"{name} was not added: {address} does not have the host key {hostKey}. It shows {Named(shown)}. If you did not expect that, somebody may stand between.";
        }

        var file = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite };
        await using var writer = new StreamWriter(places.KnownHosts(name), file);
        await writer.WriteLineAsync(wanted.Line.AsMemory(), cancellationToken);
        return null;
    }

    private async Task<string> UnknownAsync(string name, SshAddress address, CancellationToken cancellationToken)
    {
        var (_, shown) = await keys.FindAsync(name, address, null, cancellationToken);
        return shown.Count == 0
            ? $"{name} was not added: the host key of {address} (or of the way to it) is not known here. Connect once by hand as the gateway's user and compare the key: ssh {address.Destination}"
            : $"{name} was not added: the host key of {address} is not known here. It shows {Named(shown)}. Compare that with what the machine itself says "
                + $"(ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub), then add --host-key {shown[0].Fingerprint}";
    }

    private static string Named(IReadOnlyList<HostKey> keys) => string.Join(", ", keys.Select(k => $"{k.Fingerprint} ({k.Algorithm})"));

    private string? Taken(string name) =>
        directory.Find(name) is not null || (options.LocalNode.Enabled && options.LocalNode.Name == name) ? $"There is a node '{name}' already."
        : directory.Count >= options.Relay.MaxNodes ? $"The fleet has {options.Relay.MaxNodes} nodes, which is the limit (Fleet:Relay:MaxNodes)."
        : null;

    private static string? Wrong(string name, SshAddress address, IReadOnlyDictionary<string, string> labels, string? hostKey) =>
        !NodeText.IsName(name) ? $"'{name}' cannot be a node: {NodeText.NameRule}"
        : !IsDestination(address.Destination) ? $"'{address.Destination}' cannot be a destination of ssh: write user@host, a host, or a name from the ssh configuration."
        : address.Port is < 1 or > 65535 ? "A port is a number from 1 to 65535."
        : address.Jump is { } jump && !IsDestination(jump) ? $"'{jump}' cannot be a bastion: write user@host or user@host:port."
        : address.Identity is { } identity && (!Path.IsPathFullyQualified(identity) || !File.Exists(identity)) ? $"There is no key file '{identity}' on the gateway's machine; give its absolute path."
        : labels.Count > LocalNodeOptions.MaxLabels ? $"A node has at most {LocalNodeOptions.MaxLabels} labels."
        : labels.Keys.FirstOrDefault(k => !NodeText.IsLabelKey(k)) is { } key ? $"'{key}' cannot be a label: {NodeText.LabelKeyRule}"
        : labels.Values.FirstOrDefault(v => !NodeText.IsLabelValue(v)) is { } value ? $"'{value}' cannot be a label's value: {NodeText.LabelValueRule}"
        : hostKey is not null && !HostKey.IsFingerprint(hostKey) ? $"'{hostKey}' is no fingerprint: write it as ssh-keygen -lf prints it, SHA256:…"
        : null;

    // Never an option, a token or a list for ssh, and nothing that a user's configuration could hand to a shell.
    private static bool IsDestination(string text) => text.Length <= MaxDestination && DestinationPattern().IsMatch(text);

    [GeneratedRegex(@"\A(?:[A-Za-z0-9_][A-Za-z0-9_.-]*@)?(?:[A-Za-z0-9_][A-Za-z0-9_.-]*|\[[0-9A-Fa-f:.]+\]|[0-9A-Fa-f]*:[0-9A-Fa-f:.]+)(?::[0-9]{1,5})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex DestinationPattern();
}
