using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ChatOps.Testing;

namespace ChatOps.Benchmarks.Fleet;

/// <summary>The peers' way: one throw-away sshd on loopback, as many names for it as there are nodes, and a warm multiplexed connection to each.</summary>
internal sealed class WarmSsh : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(10);

    private readonly Process daemon;
    private readonly string config;
    private readonly int count;
    private readonly string inventory;

    private WarmSsh(Process daemon, string config, string inventory, int count) => (this.daemon, this.config, this.inventory, this.count) = (daemon, config, inventory, count);

    /// <summary>What of the tools is not installed.</summary>
    public static IReadOnlyList<string> Missing { get; } = [.. new[] { "sshd", "ssh", "ssh-keygen", "xargs", "clush", "ansible" }.Where(p => !Command.Exists(p))];

    /// <summary>Starts the daemon and opens the connections.</summary>
    public static async Task<WarmSsh> StartAsync(string directory, int count)
    {
        var (key, host) = (Path.Combine(directory, "key"), Path.Combine(directory, "host"));
        foreach (var file in new[] { key, host }) await Command.RunAsync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", file]);
        var port = LoopbackPort.Free();
        var (server, client) = (Path.Combine(directory, "sshd_config"), Path.Combine(directory, "ssh_config"));
        // SHLVL: a shell that believes itself to be nested reads no start-up file; what the user keeps there is not the peers' fault.
        await File.WriteAllTextAsync(server, string.Create(CultureInfo.InvariantCulture, $"""
            ListenAddress 127.0.0.1:{port}
            HostKey {host}
            AuthorizedKeysFile {key}.pub
            PidFile none
            UsePAM no
            StrictModes no
            MaxStartups 2000
            MaxSessions 2000
            SetEnv SHLVL=2

            """));
        await File.WriteAllTextAsync(client, string.Create(CultureInfo.InvariantCulture, $"""
            Host n*
              HostName 127.0.0.1
              Port {port}
              User {Environment.UserName}
              IdentityFile {key}
              IdentitiesOnly yes
              StrictHostKeyChecking no
              UserKnownHostsFile /dev/null
              LogLevel ERROR
              ControlMaster auto
              ControlPersist yes
              ControlPath {directory}/c-%n

            """));
        var inventory = Path.Combine(directory, "inventory");
        await File.WriteAllLinesAsync(inventory, Enumerable.Range(0, count).Select(Name));
        Directory.CreateDirectory("/run/sshd");
        var daemon = Process.Start(new ProcessStartInfo("/usr/sbin/sshd", ["-D", "-e", "-f", server]) { RedirectStandardError = true })!;
        daemon.ErrorDataReceived += (_, _) => { };
        daemon.BeginErrorReadLine();
        await ListensAsync(port);
        var ssh = new WarmSsh(daemon, client, inventory, count);
        await ssh.XargsAsync(count, 16);
        return ssh;
    }

    /// <summary>Milliseconds for <c>true</c> over <c>ssh</c> under <c>xargs</c>.</summary>
    public Task<double> XargsAsync(int nodes, int atOnce = 32) => TimeAsync("bash", ["-c", string.Create(
        CultureInfo.InvariantCulture, $"head -n {nodes} '{inventory}' | xargs -P{atOnce} -I% ssh -n -F '{config}' % true")]);

    /// <summary>Milliseconds for <c>true</c> by <c>clush</c>.</summary>
    public Task<double> ClushAsync(int nodes) => TimeAsync("clush", ["-S", "-f", "64", "-o", $"-F {config}", "-w", string.Create(CultureInfo.InvariantCulture, $"n[0-{nodes - 1}]"), "true"]);

    /// <summary>Milliseconds for <c>true</c> by <c>ansible</c>, pipelined, 50 forks.</summary>
    public Task<double> AnsibleAsync(int nodes) => TimeAsync(
        "ansible", ["-i", inventory, "-l", string.Join(',', Enumerable.Range(0, nodes).Select(Name)), "all", "-f", "50", "-o", "-m", "command", "-a", "true"],
        new Dictionary<string, string> { ["ANSIBLE_PIPELINING"] = "1", ["ANSIBLE_SSH_ARGS"] = $"-F {config}", ["ANSIBLE_HOST_KEY_CHECKING"] = "0", ["ANSIBLE_PYTHON_INTERPRETER"] = "/usr/bin/python3" });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // The masters end when their server does.
        foreach (var name in Enumerable.Range(0, count).Select(Name))
        {
            using var exit = Process.Start(new ProcessStartInfo("ssh", ["-F", config, "-O", "exit", name]) { RedirectStandardError = true })!;
            await exit.WaitForExitAsync();
        }

        daemon.Kill(entireProcessTree: true);
        await daemon.WaitForExitAsync();
        daemon.Dispose();
    }

    private static async Task<double> TimeAsync(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var began = Stopwatch.GetTimestamp();
        await Command.RunAsync(program, arguments, environment: environment);
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private static async Task ListensAsync(int port)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException) when (Stopwatch.GetElapsedTime(began) < StartLimit)
            {
                await Task.Delay(50);
            }
        }
    }

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"n{number}");
}
