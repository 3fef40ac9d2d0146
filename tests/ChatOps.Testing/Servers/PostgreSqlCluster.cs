using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace ChatOps.Testing.Servers;

/// <summary>A real PostgreSQL of a test process's own: on a socket in a folder of its own, ended and removed with the process, however that ends.</summary>
public sealed class PostgreSqlCluster : IDisposable
{
    private const string Binaries = "/usr/lib/postgresql";
    private const string Port = "5432";

    // The server ends when its keeper's input does: when this process is gone, whatever became of it.
    private const string Keeper =
        """
        set -u
        as() { if [ "$(id -u)" = 0 ]; then exec setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; else exec "$@"; fi; }
        if [ "$(id -u)" = 0 ]; then chown postgres "$2"; fi
        cd "$2"
        (as "$1/initdb" --auth=trust --username=chatops --encoding=UTF8 --locale=C.UTF-8 --no-sync --pgdata="$2/data" >"$2/init.log" 2>&1) || { cat "$2/init.log"; exit 1; }
        (as "$1/postgres" -D "$2/data" -k "$2" -c listen_addresses= -c fsync="$3" -c full_page_writes="$3" -c max_connections=400 -c shared_buffers=32MB -c log_min_messages=warning >"$2/server.log" 2>&1) &
        server=$!
        echo $server
        cat >/dev/null
        kill -QUIT $server 2>/dev/null
        wait $server
        rm -rf "$2"
        """;

    private static readonly Lazy<PostgreSqlCluster?> Own = new(() => FindBinaries() is { } binaries ? new PostgreSqlCluster(binaries, sync: false) : null);

    private readonly Process keeper;
    private readonly string folder;

    private PostgreSqlCluster(string binaries, bool sync)
    {
        folder = Directory.CreateTempSubdirectory("pg-").FullName;
        File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        keeper = Process.Start(new ProcessStartInfo("bash", ["-c", Keeper, "keeper", binaries, folder, sync ? "on" : "off"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var line = keeper.StandardOutput.ReadLine();
        if (!int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var server)) throw new InvalidOperationException($"PostgreSQL did not start: {line} {keeper.StandardOutput.ReadToEnd()}");
        ServerId = server;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Dispose();
        WaitUntilItAnswers();
    }

    /// <summary>The one that the tests of this process share; null where no PostgreSQL is installed.</summary>
    public static PostgreSqlCluster? Shared => Own.Value;

    /// <summary>The process id of the server.</summary>
    public int ServerId { get; }

    /// <summary>One of its own, for a test that stops or kills it.</summary>
    /// <param name="sync">Whether it waits for its disk, so that nothing is lost when it is killed.</param>
    public static PostgreSqlCluster? Start(bool sync) => FindBinaries() is { } binaries ? new PostgreSqlCluster(binaries, sync) : null;

    /// <summary>How to reach a database of it.</summary>
    public string ConnectionTo(string database) => $"Host={folder};Port={Port};Database={database};Username=chatops";

    /// <summary>The database that belongs to a name, such as a data directory; made when it is not there.</summary>
    public string DatabaseFor(string name)
    {
        var database = Name(name);
        try
        {
            Execute("postgres", $"CREATE DATABASE {database} TEMPLATE template0");
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Of an earlier opening under the same name.
        }

        return ConnectionTo(database);
    }

    /// <summary>Removes the database that belongs to a name, whoever is connected.</summary>
    public void Drop(string name) => Execute("postgres", $"DROP DATABASE IF EXISTS {Name(name)} WITH (FORCE)");

    /// <summary>Runs a statement in a database.</summary>
    public void Execute(string database, string sql)
    {
        using var connection = new NpgsqlConnection(ConnectionTo(database) + ";Pooling=False");
        connection.Open();
#pragma warning disable CA2100 // A test's own text.
        using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            keeper.StandardInput.Close();
        }
        catch (InvalidOperationException)
        {
            // It has ended already.
        }
    }

    private static string Name(string name) => "t" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..24];

    private static string? FindBinaries() => Directory.Exists(Binaries)
        ? Directory.GetDirectories(Binaries).Order(StringComparer.Ordinal).Select(d => Path.Combine(d, "bin")).LastOrDefault(d => File.Exists(Path.Combine(d, "initdb")))
        : null;

    private void WaitUntilItAnswers()
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                Execute("postgres", "SELECT 1");
                return;
            }
            catch (NpgsqlException) when (waited.Elapsed < Until.Limit)
            {
                using var pause = new ManualResetEventSlim(false);
                pause.Wait(20);
            }
        }
    }
}
