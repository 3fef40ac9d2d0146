using System.Collections.Concurrent;
using ChatOps.Audit;
using ChatOps.Gateways;
using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Fleet.Membership;

/// <summary>The members of the fleet as the store has them, at hand without asking it. Every change goes through here.</summary>
internal sealed class NodeDirectory(IStore store, IAuditWriter audit, IGateways gateways)
{
    private readonly ConcurrentDictionary<string, NodeRow> rows = new(StringComparer.Ordinal);

    /// <summary>All members.</summary>
    public IEnumerable<NodeRow> All => rows.Values;

    /// <summary>How many there are.</summary>
    public int Count => rows.Count;

    /// <summary>One member.</summary>
    public NodeRow? Find(string name) => rows.GetValueOrDefault(name);

    /// <summary>Reads them.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        foreach (var row in await store.ReadAsync(s => s.Nodes.All(), cancellationToken)) Take(row);
    }

    /// <summary>Reads those that are not as they are known here.</summary>
    /// <returns>The names of all that were added, changed or removed.</returns>
    public async Task<IReadOnlyList<string>> RefreshAsync(CancellationToken cancellationToken)
    {
        var (marks, fresh) = await store.ReadAsync(
            session =>
            {
                var marks = session.Nodes.Marks();
                return (marks, marks.Where(IsNews).Select(m => session.Nodes.Find(m.Name)).OfType<NodeRow>().ToList());
            },
            cancellationToken);
        var gone = rows.Keys.Except(marks.Select(m => m.Name)).ToList();
        foreach (var name in gone) await RefreshAsync(name, cancellationToken);
        var changed = fresh.Where(row => rows.GetValueOrDefault(row.Name) is not { } known || !IsSame(known, row)).Select(row => row.Name).ToList();
        foreach (var row in fresh) Take(row);
        return [.. changed, .. gone];
    }

    /// <summary>Reads one member.</summary>
    /// <returns>As the store has it; <see langword="null"/> when there is none of this name.</returns>
    public async Task<NodeRow?> RefreshAsync(string name, CancellationToken cancellationToken)
    {
        var known = Find(name);
        var row = await store.ReadAsync(session => session.Nodes.Find(name), cancellationToken);
        if (row is not null) Take(row);
        else if (known is not null) rows.TryRemove(KeyValuePair.Create(name, known));
        return row;
    }

    /// <summary>Reads the members that have a name or a key, so that who is let in is not decided by what was so before.</summary>
    public async Task RefreshAsync(string name, string key, CancellationToken cancellationToken)
    {
        if (gateways.IsAlone) return;
        await RefreshAsync(name, cancellationToken);
        if (await store.ReadAsync(session => session.Nodes.FindByKey(key), cancellationToken) is { } row) Take(row);
    }

    /// <summary>Changes one member, with its audit record in the same transaction.</summary>
    /// <returns>The member afterwards; <see langword="null"/> when there is none of this name.</returns>
    public async Task<NodeRow?> ChangeAsync(string name, Func<NodeRow, NodeRow> change, AuditEntry? entry, CancellationToken cancellationToken)
    {
        var changed = await store.WriteAsync(
            session =>
            {
                if (session.Nodes.Find(name) is not { } row) return null;
                var next = change(row);
                if (!session.Nodes.Update(next)) return null;
                if (entry is not null) audit.Append(session, entry);
                Tell(session, name);
                return next with { Revision = row.Revision + 1 };
            },
            cancellationToken);
        if (changed is not null) Take(changed);
        return changed;
    }

    /// <summary>Lets a machine join if its token is good: of two that come with one token, one gets in.</summary>
    /// <returns>Whether the token was good, and the member when it was and the name was free.</returns>
    public async Task<(bool TokenGood, NodeRow? Row)> JoinAsync(string tokenHash, Func<JoinToken, NodeRow> make, Func<NodeRow, AuditEntry> entry, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (good, added) = await store.WriteAsync<(bool, NodeRow?)>(
            session =>
            {
                if (session.Nodes.Find(make(NoToken).Name) is not null)
                {
                    // Not used up: the operator may take it to another name.
                    return (session.Nodes.Tokens(now).Any(t => t.Hash == tokenHash), null);
                }

                if (session.Nodes.TakeToken(tokenHash, now) is not { } token) return (false, null);
                var row = make(token);
                if (!session.Nodes.Add(row)) throw new InvalidOperationException($"The node {row.Name} was added by somebody else.");
                audit.Append(session, entry(row));
                Tell(session, row.Name);
                return (true, row);
            },
            cancellationToken);
        if (added is not null) Take(added);
        return (good, added);
    }

    /// <summary>Adds a member that is reached by ssh.</summary>
    /// <returns>Whether the name was free.</returns>
    public async Task<bool> AddAsync(NodeRow row, AuditEntry entry, CancellationToken cancellationToken)
    {
        var added = await store.WriteAsync(
            session =>
            {
                if (!session.Nodes.Add(row)) return false;
                audit.Append(session, entry);
                Tell(session, row.Name);
                return true;
            },
            cancellationToken);
        if (added) Take(row);
        return added;
    }

    /// <summary>Uses a join token up for a member that comes back with nothing but its key.</summary>
    public Task<bool> SpendTokenAsync(string tokenHash, DateTimeOffset now, CancellationToken cancellationToken) =>
        store.WriteAsync(session => session.Nodes.TakeToken(tokenHash, now) is not null, cancellationToken);

    /// <summary>Removes a member.</summary>
    public async Task<bool> RemoveAsync(string name, CancellationToken cancellationToken)
    {
        var removed = await store.WriteAsync(
            session =>
            {
                if (!session.Nodes.Remove(name)) return false;
                Tell(session, name);
                return true;
            },
            cancellationToken);
        rows.TryRemove(name, out _);
        return removed;
    }

    private static JoinToken NoToken { get; } = new("", new Dictionary<string, string>(), "", default, default);

    // Commits of different writers may be told in another order than they happened.
    private void Take(NodeRow row) => rows.AddOrUpdate(row.Name, row, (_, known) => known.Key == row.Key && known.JoinedAt == row.JoinedAt && known.Revision > row.Revision ? known : row);

    // Where nobody else holds members in memory there is nobody to tell.
    private void Tell(IStoreSession session, string name)
    {
        if (!gateways.IsAlone) session.PublishAfterCommit(new NodeChanged(name));
    }

    private bool IsNews(NodeMark mark) =>
        rows.GetValueOrDefault(mark.Name) is not { } known || known.JoinedAt != mark.JoinedAt || known.Revision != mark.Revision || known.LastSeenAt != mark.LastSeenAt;

    private static bool IsSame(NodeRow known, NodeRow row) => known.JoinedAt == row.JoinedAt && known.Revision == row.Revision;
}
