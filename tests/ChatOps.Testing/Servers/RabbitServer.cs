using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Xunit;

namespace ChatOps.Testing.Servers;

/// <summary>A real RabbitMQ broker on loopback, with a directory and a port mapper of its own. It can be killed and started again on what it had on disk.</summary>
public sealed class RabbitServer : IAsyncLifetime
{
    /// <summary>Its user and the user's password.</summary>
    public const string User = "guest";

    private const string Program = "/usr/lib/rabbitmq/bin/rabbitmq-server";

    // An Erlang virtual machine starts in it, on a busy machine.
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);

    private readonly TempDirectory directory = new();
    private readonly int mapperPort = LoopbackPort.Free();
    private readonly int distributionPort = LoopbackPort.Free();
    private Process? mapper;

    /// <summary>Where it listens.</summary>
    public int Port { get; } = LoopbackPort.Free();

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
        var start = new ProcessStartInfo(Program, ["-detached"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        await File.WriteAllTextAsync(directory["plugins"], "[].");
        await File.WriteAllTextAsync(directory["rabbit.conf"], "log.console = false\n");
        foreach (var (name, value) in new Dictionary<string, string>
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
        }) start.Environment[name] = value;
        using (var launcher = Process.Start(start)!)
        {
            var said = launcher.StandardError.ReadToEndAsync();
            await launcher.WaitForExitAsync();
            if (launcher.ExitCode != 0) throw new InvalidOperationException($"RabbitMQ did not start: {await said}");
        }

        await Until.TrueAsync(AcceptsAsync, StartLimit);
    }

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

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        mapper?.Kill();
        mapper?.Dispose();
        directory.Dispose();
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
