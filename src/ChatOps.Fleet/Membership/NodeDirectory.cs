using System.Collections.Concurrent;
using ChatOps.Audit;
using ChatOps.Storage;

namespace ChatOps.Fleet.Membership;

/// <summary>The members of the fleet as the store has them, at hand without asking it. Every change goes through here.</summary>
internal sealed class NodeDirectory(IStore store, IAuditWriter audit)
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
        var removed = await store.WriteAsync(session => session.Nodes.Remove(name), cancellationToken);
        rows.TryRemove(name, out _);
        return removed;
    }

    private static JoinToken NoToken { get; } = new("", new Dictionary<string, string>(), "", default, default);

    // Commits of different writers may be told in another order than they happened.
    private void Take(NodeRow row) => rows.AddOrUpdate(row.Name, row, (_, known) => known.Key == row.Key && known.Revision > row.Revision ? known : row);
}
