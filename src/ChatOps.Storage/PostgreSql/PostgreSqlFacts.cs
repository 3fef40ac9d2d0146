using System.Globalization;
using Npgsql;

namespace ChatOps.Storage.PostgreSql;

/// <summary>What a server said of itself when it was opened.</summary>
/// <param name="Place">Host, port and database.</param>
/// <param name="Version">Its version, such as <c>15.9</c>.</param>
/// <param name="Number">The same as a number: 150009.</param>
/// <param name="Encoding">The database's encoding.</param>
/// <param name="Collation">The database's collation; ours is bytewise in every column, whatever this is.</param>
/// <param name="SyncsToDisk">Whether it waits for its disk (<c>fsync</c>).</param>
/// <param name="WritesFullPages">Whether a power failure cannot tear a page (<c>full_page_writes</c>).</param>
/// <param name="IsStandby">Whether it only follows another server.</param>
/// <param name="Connections">Connections in use.</param>
/// <param name="MaxConnections">Connections that ordinary users may have.</param>
internal sealed record PostgreSqlFacts(
    string Place, string Version, int Number, string Encoding, string Collation, bool SyncsToDisk, bool WritesFullPages, bool IsStandby, int Connections, int MaxConnections)
{
    /// <summary>The oldest server that is known to work: the one of the tests is 15, and nothing newer than 13 is used.</summary>
    private const int OldestServer = 130_000;

    /// <summary>What a gateway needs: its writer, its readers, and one to ask with.</summary>
    private const int ConnectionsNeeded = 6;

    private const string Question =
        """
        SELECT current_setting('server_version'), current_setting('server_version_num'), pg_encoding_to_char(d.encoding), d.datcollate, current_setting('fsync'),
          current_setting('full_page_writes'), pg_is_in_recovery()::text, (SELECT COUNT(*) FROM pg_stat_activity WHERE backend_type = 'client backend')::text,
          (current_setting('max_connections')::bigint - current_setting('superuser_reserved_connections')::bigint)::text
        FROM pg_database AS d WHERE d.datname = current_database()
        """;

    /// <summary>What works, and is not as it should be.</summary>
    public string? Concern =>
        !SyncsToDisk ? $"The database server at {Place} runs with fsync = off: after a power failure what was reported as saved may be lost or the database damaged. Set fsync = on."
        : !WritesFullPages ? $"The database server at {Place} runs with full_page_writes = off: a power failure can damage the database. Set full_page_writes = on."
        : MaxConnections - Connections < ConnectionsNeeded ? $"The database server at {Place} has few connections left ({Connections} of {MaxConnections} are in use). Raise max_connections."
        : null;

    /// <summary>Asks the server.</summary>
    public static PostgreSqlFacts Read(NpgsqlConnection connection, string place)
    {
        using var command = new NpgsqlCommand(Question, connection);
        using var reader = command.ExecuteReader();
        reader.Read();
        return new PostgreSqlFacts(
            place, reader.GetString(0).Split(' ')[0], Number(reader.GetString(1)), reader.GetString(2), reader.GetString(3), reader.GetString(4) == "on", reader.GetString(5) == "on",
            reader.GetString(6) == "true", Number(reader.GetString(7)), Number(reader.GetString(8)));

        static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
    }

    /// <summary>Refuses what cannot keep the truth.</summary>
    /// <exception cref="StoreUnavailableException">Too old, a standby, or unable to store every text.</exception>
    public void RequireUsable()
    {
        if (Number < OldestServer) throw new StoreUnavailableException($"The database server at {Place} is PostgreSQL {Version}; ChatOps needs 13 or newer.");
        if (IsStandby) throw new StoreUnavailableException($"The database server at {Place} is a standby that only follows another. Point Store:ConnectionString at the primary.");
        if (Encoding != "UTF8") throw new StoreUnavailableException($"The database {Place} has the encoding {Encoding}, which cannot hold every text. Make one with: createdb --encoding UTF8 --template template0 NAME");
    }

    /// <summary>For the health part and <c>chatops doctor</c>.</summary>
    public IEnumerable<KeyValuePair<string, string>> All() =>
    [
        new("provider", "postgresql"),
        new("server", Version),
        new("place", Place),
        new("collation", Collation),
        new("fsync", SyncsToDisk ? "on" : "off"),
        new("connections", string.Create(CultureInfo.InvariantCulture, $"{Connections} of {MaxConnections}")),
    ];
}
