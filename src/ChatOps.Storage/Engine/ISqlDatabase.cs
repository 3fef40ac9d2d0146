using System.Data.Common;
using ChatOps.Storage.Sessions;

namespace ChatOps.Storage.Engine;

/// <summary>What a provider knows and the engine does not: its connections, how a transaction begins and ends there, whether the database is still ours, and its faults in words.</summary>
internal interface ISqlDatabase : IDisposable
{
    /// <summary>Opens it for the first time: makes what is missing, checks, brings the schema to this program's version.</summary>
    /// <returns>The connection that writes.</returns>
    /// <exception cref="StoreUnavailableException">It cannot be used; the message says why.</exception>
    SqlConnection Open();

    /// <summary>The connection that writes, anew after a failure.</summary>
    SqlConnection OpenWriter();

    /// <summary>A connection that cannot write.</summary>
    SqlConnection OpenReader();

    /// <summary>Begins a transaction that writes; from its first answer on no other can.</summary>
    void BeginWrite(SqlConnection connection);

    /// <summary>Commits it.</summary>
    void Commit(SqlConnection connection);

    /// <summary>Begins a snapshot.</summary>
    void BeginRead(SqlConnection connection);

    /// <summary>Throws unless what a connection has open is still our database.</summary>
    void RequireInPlace(SqlConnection connection);

    /// <summary>Whether the database has ended the transaction by itself.</summary>
    bool HasEnded(SqlConnection connection);

    /// <summary>What became of the last transaction, whose commit failed or was not answered.</summary>
    CommitFate FindFate();

    /// <summary>What callers may see; null when the error is the statement's own fault.</summary>
    StoreUnavailableException? Explain(DbException error);

    /// <summary>Writes after which <see cref="Checkpoint"/> is wanted, between two groups; null for never.</summary>
    int? CheckpointWrites { get; }

    /// <summary>Tidies up while no caller waits.</summary>
    void Checkpoint(SqlConnection connection);

    /// <summary>Facts for the health part.</summary>
    IEnumerable<KeyValuePair<string, string>> Facts();

    /// <summary>What is not as it should be although the store works; null for nothing.</summary>
    string? Concern();
}
