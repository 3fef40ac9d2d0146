using System.Data.Common;
using System.Globalization;
using ChatOps.Storage.Migrations;
using ChatOps.Storage.PostgreSql;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using NpgsqlTypes;

namespace ChatOps.Storage.Copies;

/// <summary>
/// Copies a store between a server and an SQLite file. Out of the server in one snapshot, while gateways write; into it in one transaction, and only where nothing is.
/// </summary>
/// <param name="options">The server.</param>
/// <param name="time">The clock.</param>
internal sealed class PostgreSqlCopy(PostgreSqlOptions options, TimeProvider time)
{
    // A large store takes longer than any statement of a gateway may.
    private const string NoLimits = "SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0";

    private readonly PostgreSqlServer server = new(options);

    /// <summary>Writes the copy; the file must not be there yet.</summary>
    /// <returns>The version of its schema.</returns>
    /// <exception cref="StoreUnavailableException">There is no store, it cannot be read, or the copy not be written.</exception>
    public int WriteTo(string path)
    {
        try
        {
            using var connection = server.Connect();
            PostgreSqlServer.Run(connection, NoLimits);
            PostgreSqlServer.Run(connection, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
            var schema = SchemaOf(connection);
            if (schema == 0) throw new StoreUnavailableException($"There is no store in the database {server.Place}: no gateway has run on it.");
            if (schema > Migration.Load("PostgreSql").Count)
                throw new StoreUnavailableException($"The database {server.Place} was written by a newer ChatOps (schema {schema}). Back it up with that version.");
            using var copy = CopyFile.Create(path, schema, time);
            copy.Fill(transaction =>
            {
                foreach (var table in copy.Tables()) Export(connection, table, copy, transaction);
            });
            return schema;
        }
        catch (DbException e)
        {
            throw server.Faults.Explain(e) ?? new StoreUnavailableException($"The database {server.Place} could not be copied: {e.Message}", e);
        }
    }

    /// <summary>Fills an empty database with a copy that has this program's schema.</summary>
    /// <exception cref="StoreUnavailableException">It is not empty or cannot be written; then nothing is in it.</exception>
    public void FillFrom(string path)
    {
        try
        {
            using var copy = CopyFile.OpenToRead(path);
            var tables = copy.Tables();
            var connection = server.ConnectWriter();
            using var owner = PostgreSqlServer.Wrap(connection);
            var facts = PostgreSqlFacts.Read(connection, server.Place);
            facts.RequireUsable();
            PostgreSqlServer.Run(connection, NoLimits);

            // A gateway that starts meanwhile waits, and finds the whole.
            PostgreSqlServer.Run(connection, $"SELECT pg_advisory_lock({PostgreSqlDatabase.MigrationLock})");
            new Migrator(Migration.Load("PostgreSql"), time, NullLogger<Migrator>.Instance).Migrate(owner, server.Place);
            PostgreSqlServer.Run(connection, $"BEGIN; SELECT pg_advisory_xact_lock({WriterTurns.WriterLock})");
            RequireEmpty(connection, tables);
            foreach (var table in tables) PostgreSqlServer.Run(connection, $"ALTER TABLE {table.Name} DISABLE TRIGGER USER");
            foreach (var table in tables) Import(connection, table, copy);
            foreach (var table in tables) PostgreSqlServer.Run(connection, $"ALTER TABLE {table.Name} ENABLE TRIGGER USER");
            PostgreSqlServer.Run(connection, "COMMIT");
        }
        catch (DbException e)
        {
            throw server.Faults.Explain(e) ?? new StoreUnavailableException($"The database {server.Place} could not be filled: {e.Message} Nothing was restored.", e);
        }
    }

    private static int SchemaOf(NpgsqlConnection connection) => PostgreSqlServer.Ask(connection, "SELECT to_regclass('schema_version')::text") is null
        ? 0
        : int.Parse(PostgreSqlServer.Ask(connection, "SELECT COALESCE(MAX(version), 0) FROM schema_version")!, CultureInfo.InvariantCulture);

    private void RequireEmpty(NpgsqlConnection connection, IReadOnlyList<CopiedTable> tables)
    {
        if (tables.FirstOrDefault(t => PostgreSqlServer.Ask(connection, $"SELECT 1 FROM {t.Name} LIMIT 1") is not null) is { } used)
            throw new StoreUnavailableException(
                $"The database {server.Place} is not empty: there are rows in {used.Name}. A restore never overwrites a database: make an empty one (createdb) and name it in Store:ConnectionString. Nothing was restored.");
    }

    private static void Export(NpgsqlConnection connection, CopiedTable table, CopyFile copy, Microsoft.Data.Sqlite.SqliteTransaction transaction)
    {
        using var rows = connection.BeginBinaryExport($"COPY (SELECT {table.ColumnList} FROM {table.Name}) TO STDOUT (FORMAT BINARY)");
        rows.Timeout = TimeSpan.Zero;
        var row = new object?[table.Columns.Count];
        copy.Take(transaction, table, () =>
        {
            if (rows.StartRow() < 0) return null;
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = rows.IsNull ? null : table.Columns[i].IsNumber ? rows.Read<long>(NpgsqlDbType.Bigint) : rows.Read<string>(NpgsqlDbType.Text);
                if (row[i] is null) rows.Skip();
            }

            return row;
        });
    }

    private static void Import(NpgsqlConnection connection, CopiedTable table, CopyFile copy)
    {
        using var rows = connection.BeginBinaryImport($"COPY {table.Name} ({table.ColumnList}) FROM STDIN (FORMAT BINARY)");
        rows.Timeout = TimeSpan.Zero;
        foreach (var row in copy.Rows(table))
        {
            rows.StartRow();
            foreach (var value in row)
            {
                switch (value)
                {
                    case null:
                        rows.WriteNull();
                        break;
                    case long number:
                        rows.Write(number, NpgsqlDbType.Bigint);
                        break;
                    default:
                        rows.Write((string)value, NpgsqlDbType.Text);
                        break;
                }
            }
        }

        rows.Complete();
    }
}
