using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace ChatOps.Testing.Servers;

/// <summary>A real RabbitMQ broker on loopback, with a directory and a port mapper of its own. It can be killed and started again on what it had on disk.</summary>
public sealed class RabbitServer : IAsyncLifetime
{
    /// <summary>Its user and the user's password.</summary>
    public const string User = "guest";

    private const string Programs = "/usr/lib/rabbitmq/bin";

    // An Erlang virtual machine starts in it, on a busy machine.
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);

    private readonly TempDirectory directory = new();
    private readonly int mapperPort = LoopbackPort.Free();
    private readonly int distributionPort = LoopbackPort.Free();
    private Process? mapper;

    // Each shares nothing with the next: gateways of different stores must not hear each other.
    private const int Places = 48;

    private static readonly Lazy<Task<RabbitServer>> Own = new(StartOwnAsync);

    private TestCertificate? certificate;
    private int places;
    private int taken;

    /// <summary>The one that the tests of this process share, who never stop it.</summary>
    public static Task<RabbitServer> SharedAsync() => Own.Value;

    /// <summary>One of its own that listens with TLS, too, on 127.0.0.1 and 127.0.0.2.</summary>
    /// <param name="certificate">What it shows.</param>
    public static async Task<RabbitServer> StartAsync(TestCertificate certificate)
    {
        var server = new RabbitServer { certificate = certificate };
        await server.InitializeAsync();
        return server;
    }

    /// <summary>A virtual host that nobody else has.</summary>
    public string NewPlace() => Interlocked.Increment(ref taken) is var number and <= Places ? PlaceName(number) : throw new InvalidOperationException($"All {Places} virtual hosts are taken.");

    /// <summary>Where it listens.</summary>
    public int Port { get; } = LoopbackPort.Free();

    /// <summary>Where it listens with TLS, when it does.</summary>
    public int TlsPort { get; } = LoopbackPort.Free();

    private string ProcessFile => directory["broker.pid"];

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        // The broker would start one that outlives it.
        mapper = Process.Start(new ProcessStartInfo("epmd", ["-address", "127.0.0.1", "-port", Text(mapperPort)]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        await StartAsync();
    }

    /// <summary>Starts it and waits until it takes connections.</summary>
    public async Task StartAsync()
    {
        await File.WriteAllTextAsync(directory["plugins"], "[].");
        await File.WriteAllTextAsync(directory["rabbit.conf"], $"log.console = false\nload_definitions = {directory["definitions.json"]}\n{TlsSettings}");
        await File.WriteAllTextAsync(directory["definitions.json"], Definitions(places));
        await RunAsync("rabbitmq-server", "-detached");
        await Until.TrueAsync(AcceptsAsync, StartLimit);
    }

    /// <summary>
    /// What it knows of its queues is on its disk. It writes that within a second or so; killed before, 3.10 comes back with a quorum queue that never answers (rabbitmq-server issue 15725).
    /// </summary>
    public Task SettleAsync() => RunAsync("rabbitmqctl", "eval", "[ok = dets:sync(T) || T <- dets:all()].");

    /// <summary>SIGKILL; what is on its disk stays.</summary>
    public async Task KillAsync()
    {
        if (!File.Exists(ProcessFile) || !int.TryParse(await File.ReadAllTextAsync(ProcessFile), out var id)) return;
        using var process = Find(id);
        if (process is null) return;
        process.Kill();
        await process.WaitForExitAsync();
        File.Delete(ProcessFile);
    }

    /// <summary>Has it run out of memory, by its own count, or not any more: it then reads nothing from whoever publishes, and says so to no one but their connections.</summary>
    public Task SetShortOfMemoryAsync(bool isShort) => RunAsync("rabbitmqctl", "set_vm_memory_high_watermark", isShort ? "0.00001" : "0.4");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        mapper?.Kill();
        mapper?.Dispose();
        directory.Dispose();
    }

    private async Task RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Programs, program), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in Settings) start.Environment[name] = value;
        using var run = Process.Start(start)!;
        var said = Task.WhenAll(run.StandardOutput.ReadToEndAsync(), run.StandardError.ReadToEndAsync());
        await run.WaitForExitAsync();
        if (run.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} did not do it: {string.Concat(await said)}");
    }

    private static async Task<RabbitServer> StartOwnAsync()
    {
        var server = new RabbitServer { places = Places };
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.End();
        await server.InitializeAsync();
        return server;
    }

    // At the end of the process nobody can wait.
    private void End()
    {
        if (File.Exists(ProcessFile) && int.TryParse(File.ReadAllText(ProcessFile), out var id)) Find(id)?.Kill();
        mapper?.Kill();
        directory.Dispose();
    }

    private Dictionary<string, string> Settings => new()
    {
        ["HOME"] = directory.Path,
        ["RABBITMQ_NODENAME"] = string.Create(CultureInfo.InvariantCulture, $"chatops-{Port}@localhost"),
        ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
        ["RABBITMQ_NODE_PORT"] = Text(Port),
        ["RABBITMQ_DIST_PORT"] = Text(distributionPort),
        ["RABBITMQ_MNESIA_BASE"] = directory["data"],
        ["RABBITMQ_LOG_BASE"] = directory["log"],
        ["RABBITMQ_PID_FILE"] = ProcessFile,
        ["RABBITMQ_ENABLED_PLUGINS_FILE"] = directory["plugins"],
        ["RABBITMQ_CONFIG_FILE"] = directory["rabbit"],
        ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-kernel inet_dist_use_interface {127,0,0,1}",
        ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
        ["ERL_EPMD_PORT"] = Text(mapperPort),
    };

    private string TlsSettings => certificate is null
        ? ""
        : $"""
           listeners.ssl.1 = 127.0.0.1:{TlsPort}
           listeners.ssl.2 = 127.0.0.2:{TlsPort}
           ssl_options.cacertfile = {certificate.AuthorityFile}
           ssl_options.certfile = {certificate.CertificateFile}
           ssl_options.keyfile = {certificate.KeyFile}
           ssl_options.verify = verify_none

           """;

    private static string PlaceName(int number) => string.Create(CultureInfo.InvariantCulture, $"place-{number}");

    // With definitions of one's own the broker makes no user by itself.
    private static string Definitions(int count)
    {
        byte[] salt = [1, 2, 3, 4];
        var hash = Convert.ToBase64String([.. salt, .. SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(User)])]);
        string[] places = ["/", .. Enumerable.Range(1, count).Select(PlaceName)];
        return new JsonObject
        {
            ["users"] = new JsonArray(new JsonObject { ["name"] = User, ["password_hash"] = hash, ["hashing_algorithm"] = "rabbit_password_hashing_sha256", ["tags"] = new JsonArray("administrator") }),
            ["vhosts"] = new JsonArray([.. places.Select(p => new JsonObject { ["name"] = p })]),
            ["permissions"] = new JsonArray([.. places.Select(p => new JsonObject { ["user"] = User, ["vhost"] = p, ["configure"] = ".*", ["write"] = ".*", ["read"] = ".*" })]),
        }.ToJsonString();
    }

    // It answers the protocol's header: "AMQP" with a version, or a frame of the broker's own.
    private async Task<bool> AcceptsAsync()
    {
        if (!File.Exists(ProcessFile)) return false;
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", Port);
            var stream = client.GetStream();
            await stream.WriteAsync("AMQP\0\0\x09\x01"u8.ToArray());
            return await stream.ReadAsync(new byte[8]) > 0;
        }
        catch (Exception error) when (error is SocketException or IOException)
        {
            return false;
        }
    }

    private static Process? Find(int id)
    {
        try
        {
            return Process.GetProcessById(id);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
