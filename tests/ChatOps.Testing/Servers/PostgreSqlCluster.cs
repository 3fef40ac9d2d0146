using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using ChatOps.Storage.Engine;
using ChatOps.Testing.Faults;
using Npgsql;

namespace ChatOps.Testing.Servers;

/// <summary>A real PostgreSQL of a test process's own: on a socket in a folder of its own, ended and removed with the process, however that ends.</summary>
public sealed class PostgreSqlCluster : IDisposable
{
    private const string Binaries = "/usr/lib/postgresql";
    private const string OnlySocket = "5432";

    // The server ends when its keeper's input does: when this process is gone, whatever became of it.
    private const string Keeper =
        """
        set -u
        as() { if [ "$(id -u)" = 0 ]; then exec setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; else exec "$@"; fi; }
        if [ -n "$4" ]; then mount -t tmpfs -o size="$4",mode=0755 none "$2" || exit 1; fi
        if [ "$(id -u)" = 0 ]; then chown postgres "$2"; fi
        cd "$2"
        (as "$1/initdb" --auth=trust --username=chatops --encoding=UTF8 --locale=C.UTF-8 --no-sync --pgdata="$2/data" >"$2/init.log" 2>&1) || { cat "$2/init.log"; exit 1; }
        if [ -d "$2/tls" ] && [ "$(id -u)" = 0 ]; then chown -R postgres "$2/tls"; fi
        start() {
          (as "$1/postgres" -D "$2/data" -k "$2" $5 -c fsync="$3" -c full_page_writes="$3" -c max_connections=400 -c shared_buffers=32MB -c dynamic_shared_memory_type=mmap -c log_min_messages=warning >>"$2/server.log" 2>&1) &
          server=$!
          echo $server
        }
        start "$@"
        while read -r word; do start "$@"; done
        kill -QUIT $server 2>/dev/null
        wait $server
        cd /
        if [ -n "$4" ]; then umount -l "$2"; fi
        rm -rf "$2"
        """;

    private static readonly Lazy<PostgreSqlCluster?> Own = new(() => FindBinaries() is { } binaries ? new PostgreSqlCluster(binaries, sync: false, disk: null, certificate: null) : null);

    private readonly Process keeper;
    private readonly string folder;
    private readonly string port;

    private PostgreSqlCluster(string binaries, bool sync, string? disk, TestCertificate? certificate)
    {
        folder = Directory.CreateTempSubdirectory("pg-").FullName;
        File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        var listening = "-c listen_addresses=";
        if (certificate is not null)
        {
            TlsPort = LoopbackPort.Free();
            var tls = Directory.CreateDirectory(Path.Combine(folder, "tls")).FullName;
            File.Copy(certificate.CertificateFile, Path.Combine(tls, "server.pem"));
            File.Copy(certificate.KeyFile, Path.Combine(tls, "server.key"));
            listening = string.Create(CultureInfo.InvariantCulture, $"-c listen_addresses=127.0.0.1,127.0.0.2 -c port={TlsPort} -c ssl=on -c ssl_cert_file={tls}/server.pem -c ssl_key_file={tls}/server.key");
        }

        port = TlsPort is { } number ? number.ToString(CultureInfo.InvariantCulture) : OnlySocket;
        keeper = Process.Start(new ProcessStartInfo("bash", ["-c", Keeper, "keeper", binaries, folder, sync ? "on" : "off", disk ?? "", listening]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        ServerId = ReadId();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Dispose();
        WaitUntilItAnswers();
    }

    /// <summary>The one that the tests of this process share; null where no PostgreSQL is installed.</summary>
    public static PostgreSqlCluster? Shared => Own.Value;

    /// <summary>The process id of the server.</summary>
    public int ServerId { get; private set; }

    /// <summary>Where it listens with TLS on 127.0.0.1 and 127.0.0.2, when it does.</summary>
    public int? TlsPort { get; }

    /// <summary>Where it listens.</summary>
    public EndPoint EndPoint => new UnixDomainSocketEndPoint(Path.Combine(folder, ".s.PGSQL." + port));

    /// <summary>The folder that its socket and its data are in.</summary>
    public string Folder => folder;

    /// <summary>One of its own, for a test that stops or kills it.</summary>
    /// <param name="sync">Whether it waits for its disk, so that nothing is lost when it is killed.</param>
    /// <param name="disk">The size of a file system in memory of its own, such as 256m, which can be filled and takes root; null for the folder of temporary files.</param>
    /// <param name="certificate">What it shows to those who come with TLS; without one it listens on its socket alone.</param>
    public static PostgreSqlCluster? Start(bool sync, string? disk = null, TestCertificate? certificate = null) => FindBinaries() is { } binaries ? new PostgreSqlCluster(binaries, sync, disk, certificate) : null;

    /// <summary>Leaves no room on its disk.</summary>
    public void FillDisk() => DiskFiller.Fill(Filler);

    /// <summary>Gives its disk room again. A server that ended over it is started by its operator.</summary>
    public async Task FreeDiskAsync()
    {
        DiskFiller.Free(Filler);
        if (!Answers(() => Find(ServerId) is null)) await StartAgainAsync();
    }

    /// <summary>Ends it: SIGKILL as a power cut, or SIGINT as its operator does, who waits for nobody. What it committed stays.</summary>
    public async Task StopAsync(bool kill)
    {
        using var server = Find(ServerId);
        if (server is null) return;
        if (kill) server.Kill();
        else Process.Start("/bin/kill", ["-INT", ServerId.ToString(CultureInfo.InvariantCulture)])!.Dispose();
        await server.WaitForExitAsync();
    }

    /// <summary>Starts it again on what is on its disk.</summary>
    public async Task StartAgainAsync()
    {
        // While a process of a server that was killed is still there, the next refuses to start.
        await Until.TrueAsync(async () =>
        {
            await keeper.StandardInput.WriteLineAsync("start");
            await keeper.StandardInput.FlushAsync();
            ServerId = ReadId();
            return Answers(() => Find(ServerId) is null);
        });
    }

    /// <summary>How to reach a database of it.</summary>
    public string ConnectionTo(string database) => $"Host={folder};Port={port};Database={database};Username=chatops";

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
        using var command = connection.Statement(sql);
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

    private string Filler => Path.Combine(folder, "filler");

    private static string Name(string name) => "t" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..24];

    private static string? FindBinaries() => Directory.Exists(Binaries)
        ? Directory.GetDirectories(Binaries).Order(StringComparer.Ordinal).Select(d => Path.Combine(d, "bin")).LastOrDefault(d => File.Exists(Path.Combine(d, "initdb")))
        : null;

    private int ReadId()
    {
        var line = keeper.StandardOutput.ReadLine();
        return int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : throw new InvalidOperationException($"PostgreSQL did not start: {line} {keeper.StandardOutput.ReadToEnd()}");
    }

    private void WaitUntilItAnswers()
    {
        if (!Answers(() => keeper.HasExited)) throw new InvalidOperationException("PostgreSQL ended before it answered.");
    }

    private bool Answers(Func<bool> ended)
    {
        var waited = Stopwatch.StartNew();
        while (!ended())
        {
            try
            {
                Execute("postgres", "SELECT 1");
                return true;
            }
            catch (NpgsqlException) when (waited.Elapsed < Until.Limit)
            {
                using var pause = new ManualResetEventSlim(false);
                pause.Wait(20);
            }
        }

        return false;
    }

    private static Process? Find(int id)
    {
        try
        {
            var process = Process.GetProcessById(id);
            return process.HasExited ? null : process;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
