using ChatOps.Configuration;
using ChatOps.Fleet.Keys;
using ChatOps.Fleet.Relay;
using ChatOps.Fleet.Ssh;
using ChatOps.Storage;

namespace ChatOps.Fleet.Membership;

/// <summary>Changes who belongs to the fleet.</summary>
internal sealed class FleetMembers(
    NodeDirectory directory, NodeSessions sessions, SshNodes ssh, SshEnrolment enrolment, IStore store, KeyPair gateway, FleetOptions options, IIdGenerator ids, TimeProvider time) : IFleetMembers
{
    private const int TokenGatewayCharacters = 32;

    public async Task<JoinInvitation> InviteAsync(TimeSpan lifetime, IReadOnlyDictionary<string, string> labels, string by, CancellationToken cancellationToken)
    {
        // The part behind the dot lets the machine know the right gateway before it shows the token to anybody.
        var token = $"{ids.NewSecret()}.{gateway.Public.Fingerprint[..TokenGatewayCharacters]}";
        var now = time.GetUtcNow();
        await store.WriteAsync(
            session =>
            {
                session.Nodes.AddToken(new JoinToken(TokenHash.Of(token), labels, by, now, now + lifetime));
                return true;
            },
            cancellationToken);
        return new JoinInvitation(token, now + lifetime);
    }

    public Task<string?> AddSshAsync(
        string name, SshAddress address, IReadOnlyDictionary<string, string> labels, string? hostKey, string by, CancellationToken cancellationToken) =>
        enrolment.AddAsync(name, address, labels, hostKey, by, cancellationToken);

    public async Task<string?> LabelAsync(string name, IReadOnlyDictionary<string, string?> changes, CancellationToken cancellationToken)
    {
        if (NotAMember(name) is { } problem) return problem;
        foreach (var (key, value) in changes)
        {
            if (!NodeText.IsLabelKey(key)) return $"'{key}' cannot be a label: {NodeText.LabelKeyRule}";
            if (value is not null && !NodeText.IsLabelValue(value)) return $"'{key}={value}' cannot be a label: {NodeText.LabelValueRule}";
        }

        var full = false;
        var changed = await directory.ChangeAsync(name, row =>
        {
            var labels = new SortedDictionary<string, string>(row.Labels.ToDictionary(), StringComparer.Ordinal);
            foreach (var (key, value) in changes)
            {
                if (value is null) labels.Remove(key);
                else labels[key] = value;
            }

            full = labels.Count > LocalNodeOptions.MaxLabels;
            return full ? row : row with { Labels = labels };
        }, null, cancellationToken);
        return full ? $"A node has at most {LocalNodeOptions.MaxLabels} labels." : changed is null ? Unknown(name) : null;
    }

    public Task<string?> DrainAsync(string name, CancellationToken cancellationToken) => ChangeAsync(name, row => row with { Drained = true }, cancellationToken);

    public Task<string?> ResumeAsync(string name, CancellationToken cancellationToken) =>
        ChangeAsync(name, row => row with { Drained = false, Quarantined = false, Alert = null }, cancellationToken);

    public async Task<string?> RemoveAsync(string name, CancellationToken cancellationToken)
    {
        if (NotAMember(name) is { } problem) return problem;
        if (!await directory.RemoveAsync(name, cancellationToken)) return Unknown(name);
        await Task.WhenAll(sessions.RemoveAsync(name), ssh.RemoveAsync(name));
        return null;
    }

    private async Task<string?> ChangeAsync(string name, Func<NodeRow, NodeRow> change, CancellationToken cancellationToken) =>
        NotAMember(name) ?? (await directory.ChangeAsync(name, change, null, cancellationToken) is null ? Unknown(name) : null);

    private string? NotAMember(string name) =>
        options.LocalNode.Enabled && options.LocalNode.Name == name ? $"'{name}' is the gateway's own machine; the section Fleet:LocalNode of its settings says what it is."
        : directory.Find(name) is null ? Unknown(name)
        : null;

    private string Unknown(string name)
    {
        var near = NearestName.Of(name, directory.All.Select(r => r.Name));
        return $"There is no node '{name}'." + (near is null ? " 'nodes' lists them." : $" Did you mean '{near}'?");
    }
}
