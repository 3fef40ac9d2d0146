namespace ChatOps.Storage;

/// <summary>Members of the fleet, and the tokens that let machines join it.</summary>
public interface INodeStore
{
    /// <summary>All members, ordered by name.</summary>
    IReadOnlyList<NodeRow> All();

    /// <summary>One member.</summary>
    NodeRow? Find(string name);

    /// <summary>The member with a key.</summary>
    NodeRow? FindByKey(string key);

    /// <summary>Adds a member; false when the name or the key is there already.</summary>
    bool Add(NodeRow row);

    /// <summary>Writes a member that was read at <see cref="NodeRow.Revision"/>; false when it was changed or removed since.</summary>
    bool Update(NodeRow row);

    /// <summary>Of every member as much as tells whether what is known of it is still so.</summary>
    IReadOnlyList<NodeMark> Marks();

    /// <summary>Notes that a node answers over its connection; nothing happens when it has another one by now. Its <see cref="NodeRow.Revision"/> stays.</summary>
    /// <param name="name">The node.</param>
    /// <param name="gateway">Whose relay it is connected to.</param>
    /// <param name="generation">Over which connection.</param>
    /// <param name="at">When it last answered.</param>
    /// <param name="facts">What it said about its machine; null keeps what is there.</param>
    void Seen(string name, string gateway, long generation, DateTimeOffset at, IReadOnlyDictionary<string, string>? facts);

    /// <summary>Removes a member; false when unknown.</summary>
    bool Remove(string name);

    /// <summary>Adds a join token, and removes expired ones.</summary>
    void AddToken(JoinToken token);

    /// <summary>Takes a join token: returns it and removes it; null when unknown, expired or taken. Of two callers one gets it.</summary>
    JoinToken? TakeToken(string hash, DateTimeOffset now);

    /// <summary>Join tokens that can still be used, oldest first.</summary>
    IReadOnlyList<JoinToken> Tokens(DateTimeOffset now);
}
