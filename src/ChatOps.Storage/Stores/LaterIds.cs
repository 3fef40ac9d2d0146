using ChatOps.Storage.Sessions;

namespace ChatOps.Storage.Stores;

/// <summary>
/// Ids are the order of a conversation, and each gateway makes them by its own clock. Where the row that was just added would sort before one that is there, because a
/// clock is behind another or was set back over a restart, it gets a later id.
/// </summary>
internal static class LaterIds
{
    /// <summary>Renames the row if it has to be; returns the id that it has.</summary>
    public static string Later(this SqlSession session, string table, string id, Newest newest, Func<string, string>? later)
    {
        if (later is null || newest.Id is null || string.CompareOrdinal(newest.Id, id) <= 0) return id;
        var now = later(newest.Id);
        session.Statement($"UPDATE {table} SET id = $2 WHERE id = $1").Set(id).Set(now).Execute();
        return now;
    }
}
