using System.Data;
using System.Data.Common;
using System.Diagnostics;
using ChatOps.Storage.Engine;
using ChatOps.Storage.Migrations;
using ChatOps.Storage.Sessions;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ChatOps.Storage.PostgreSql;

/// <summary>
/// PostgreSQL for the engine. Writers of all gateways take turns by one advisory lock, so that every transaction sees what all before it left behind, as with
/// SQLite; a gateway that stands still inside its turn is ended by the server.
/// </summary>
internal sealed partial class PostgreSqlDatabase(PostgreSqlOptions options, IIdGenerator ids, Migrator migrator, TimeProvider time, ILogger<PostgreSqlDatabase> logger) : ISqlDatabase
{
    /// <summary>Who brings the schema up to date holds it.</summary>
    internal const long MigrationLock = WriterTurns.WriterLock + 1;

    /// <summary>Marks of writers that were not seen for so long are of processes that are gone.</summary>
    private static readonly TimeSpan ForgetWriters = TimeSpan.FromDays(7);

    private static readonly TimeSpan BetweenQuestions = TimeSpan.FromMilliseconds(250);

    private readonly string writer = ids.NewId();
    private readonly Lazy<PostgreSqlServer> server = new(() => new PostgreSqlServer(options));
    private WriterTurns? turns;
    private long mark;
    private PostgreSqlFacts? facts;

    /// <inheritdoc/>
    public int? CheckpointWrites => null;

    private PostgreSqlServer Server => server.Value;

    /// <inheritdoc/>
    public SqlConnection Open()
    {
        try
        {
            using (var connection = Server.Connect())
            {
                facts = PostgreSqlFacts.Read(connection, Server.Place);
                facts.RequireUsable();
                Migrate(connection);
            }

            LogOpened(logger, facts.Version, facts.Place);
            if (facts.Concern is { } concern) LogConcern(logger, concern);
            return OpenWriter();
        }
        catch (DbException e)
        {
            throw Explain(e) ?? new StoreUnavailableException($"The database {Server.Place} cannot be prepared: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public SqlConnection OpenWriter()
    {
        var connection = Server.ConnectWriter();
        var line = new PostgreSqlLine(connection);
        turns = new WriterTurns(line, writer);
        return PostgreSqlServer.Wrap(connection, line);
    }

    /// <inheritdoc/>
    public SqlConnection OpenReader() => PostgreSqlServer.Wrap(Server.Connect());

    /// <inheritdoc/>
    public void BeginWrite(SqlConnection connection) => turns!.Begin();

    /// <inheritdoc/>
    public void BeginRead(SqlConnection connection) => connection.Begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");

    /// <inheritdoc/>
    public void Commit(SqlConnection connection)
    {
        // Rises even when the clock does not.
        mark = Math.Max(mark + 1, SqlTime.Write(time.GetUtcNow()));
        turns!.Commit(mark);
    }

    /// <inheritdoc/>
    public void RequireInPlace(SqlConnection connection)
    {
        // The server looks after its files, and a database that somebody dropped has no tables: see the faults.
    }

    /// <inheritdoc/>
    public bool HasEnded(SqlConnection connection) => connection.Driver.State != ConnectionState.Open;

    /// <summary>
    /// Looks for the mark of the last commit. Under the writers' lock, because the server may still be at work on it when the connection is gone.
    /// </summary>
    public CommitFate FindFate()
    {
        var asked = Stopwatch.StartNew();
        do
        {
            try
            {
                using var connection = Server.Connect();
                PostgreSqlServer.Run(connection, $"BEGIN; SELECT pg_advisory_xact_lock({WriterTurns.WriterLock})");
                return Ask(connection) == mark ? CommitFate.Committed : CommitFate.Undone;
            }
            catch (DbException)
            {
                // The server is not back yet.
                using var pause = new ManualResetEventSlim(false);
                pause.Wait(BetweenQuestions);
            }
        }
        while (asked.Elapsed < options.FateTimeout);

        return CommitFate.Unknown;
    }

    /// <inheritdoc/>
    public StoreUnavailableException? Explain(DbException error) => Server.Faults.Explain(error);

    /// <summary>The server tidies up by itself.</summary>
    public void Checkpoint(SqlConnection connection)
    {
    }

    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<string, string>> Facts() => facts?.All() ?? [new("provider", "postgresql")];

    /// <inheritdoc/>
    public string? Concern() => facts?.Concern;

    /// <inheritdoc/>
    public void Dispose()
    {
        // Connections belong to whoever opened them.
    }

    // Gateways that start together: one migrates, the others find it done.
    private void Migrate(NpgsqlConnection connection)
    {
        PostgreSqlServer.Run(connection, $"SELECT pg_advisory_lock({MigrationLock})");
        using var wrapped = PostgreSqlServer.Wrap(connection);
        migrator.Migrate(wrapped, Server.Place);
        wrapped.Statement("DELETE FROM store_writers WHERE mark < $1").Set(time.GetUtcNow() - ForgetWriters).ExecuteCount();
        PostgreSqlServer.Run(connection, $"SELECT pg_advisory_unlock({MigrationLock})");
    }

    private long? Ask(NpgsqlConnection connection)
    {
        using var question = new NpgsqlCommand("SELECT mark FROM store_writers WHERE writer = $1", connection) { Parameters = { new NpgsqlParameter<string> { TypedValue = writer } } };
        return question.ExecuteScalar() as long?;
    }
}
