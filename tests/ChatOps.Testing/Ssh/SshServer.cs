using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ChatOps.Testing.Ssh;

/// <summary>A real sshd on loopback, with a host key, an authorised key and a configuration of its own, and an ssh configuration for those who use it.</summary>
public sealed class SshServer : IAsyncDisposable
{
    private const string Program = "/usr/sbin/sshd";
    private readonly string directory = Directory.CreateTempSubdirectory("chatops-sshd-").FullName;
    private readonly List<string> settings = [];
    private Process? server;

    private SshServer()
    {
    }

    /// <summary>Where it listens.</summary>
    public int Port { get; private set; }

    /// <summary>Who may log in: whoever runs the test.</summary>
    public static string User => Environment.UserName;

    /// <summary>An address of it.</summary>
    public static string Destination => $"{User}@127.0.0.1";

    /// <summary>The ssh configuration: the authorised key, a file of known hosts, and this server by the name <c>alias</c>.</summary>
    public string ConfigFile => Path.Combine(directory, "ssh_config");

    /// <summary>The hosts that ssh knows by that configuration.</summary>
    public string KnownHosts => Path.Combine(directory, "known_hosts");

    /// <summary>A private key that nobody has authorised.</summary>
    public string StrangersKey => Path.Combine(directory, "stranger");

    /// <summary>The host key's fingerprint.</summary>
    public string Fingerprint { get; private set; } = "";

    /// <summary>How often somebody was let in.</summary>
    public int Logins => Log().Count(l => l.Contains("Accepted publickey", StringComparison.Ordinal));

    /// <summary>Starts one.</summary>
    /// <param name="known">Whether its host key is known.</param>
    /// <param name="settings">Further lines of its configuration.</param>
    public static async Task<SshServer> StartAsync(bool known = true, params string[] settings)
    {
        if (!File.Exists(Program)) throw new InvalidOperationException($"{Program} is missing; tests/run.sh installs it (Debian: openssh-server).");
        var made = new SshServer();
        made.settings.AddRange(settings);
        foreach (var key in (string[])["host", "user", "stranger"]) await made.KeyAsync(key);
        File.Copy(Path.Combine(made.directory, "user.pub"), Path.Combine(made.directory, "authorized_keys"));
        made.Port = LoopbackPort.Free();
        await made.WriteClientAsync(known);
        await made.StartAsync();
        return made;
    }

    /// <summary>Starts it, on the same port with what it had.</summary>
    public async Task StartAsync()
    {
        if (Environment.IsPrivilegedProcess) Directory.CreateDirectory("/run/sshd");
        string[] lines =
        [
            $"Port {Port}", "ListenAddress 127.0.0.1", $"HostKey {Path.Combine(directory, "host")}", "PidFile none", $"AuthorizedKeysFile {Path.Combine(directory, "authorized_keys")}",
            "StrictModes no", "UsePAM no", "PasswordAuthentication no", "KbdInteractiveAuthentication no", "PermitRootLogin yes", "MaxStartups 200", "LogLevel VERBOSE", .. settings,
        ];
        var config = Path.Combine(directory, "sshd_config");
        await File.WriteAllLinesAsync(config, lines);
        server = Process.Start(new ProcessStartInfo(Program, ["-D", "-f", config, "-E", Path.Combine(directory, "log")]))!;
        await Until.TrueAsync(async () =>
        {
            if (server.HasExited) throw new InvalidOperationException("sshd did not start: " + string.Join('\n', Log()));
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, Port);
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        });
    }

    /// <summary>Lets nobody in any more and cuts who is.</summary>
    public async Task StopAsync()
    {
        if (server is null) return;

        // Held first: nobody gets in between the two.
        using (var held = Process.Start("/bin/kill", ["-STOP", server.Id.ToString(CultureInfo.InvariantCulture)])) await held.WaitForExitAsync();
        Cut(server.Id);
        server.Kill();
        await server.WaitForExitAsync();
        server.Dispose();
        server = null;
    }

    /// <summary>Cuts all connections; the commands that came over them go on.</summary>
    public void Cut() => Cut(server!.Id);

    /// <summary>Gives it another host key, as another machine under the address would have, and cuts who is connected.</summary>
    public async Task ChangeHostKeyAsync()
    {
        await StopAsync();
        await KeyAsync("host");
        await StartAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(directory, recursive: true);
    }

    // Only the server's own processes, which bear its name; what they started has another.
    private static void Cut(int parent)
    {
        foreach (var child in Children(parent))
        {
            Cut(child);
            try
            {
                using var process = Process.GetProcessById(child);
                if (process.ProcessName.StartsWith("sshd", StringComparison.Ordinal)) process.Kill();
            }
            catch (Exception e) when (e is ArgumentException or InvalidOperationException)
            {
                // It ended meanwhile.
            }
        }
    }

    private static List<int> Children(int parent)
    {
        try
        {
            return [.. File.ReadAllText($"/proc/{parent}/task/{parent}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];
        }
        catch (IOException)
        {
            return [];
        }
    }

    private string[] Log()
    {
        try
        {
            return File.ReadAllLines(Path.Combine(directory, "log"));
        }
        catch (FileNotFoundException)
        {
            return [];
        }
    }

    private async Task KeyAsync(string name)
    {
        var file = Path.Combine(directory, name);
        File.Delete(file);
        File.Delete(file + ".pub");
        await RunAsync("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "test", "-f", file);
        if (name == "host") Fingerprint = (await RunAsync("ssh-keygen", "-lf", file + ".pub")).Split(' ')[1];
    }

    private async Task WriteClientAsync(bool known)
    {
        await File.WriteAllTextAsync(
            ConfigFile,
            $"Host alias\n  HostName 127.0.0.1\n  Port {Port}\n  User {User}\nHost *\n  IdentityFile {Path.Combine(directory, "user")}\n  IdentitiesOnly yes\n  IdentityAgent none\n  UserKnownHostsFile {KnownHosts}\n");
        var key = (await File.ReadAllTextAsync(Path.Combine(directory, "host.pub"))).Split(' ');
        await File.WriteAllTextAsync(KnownHosts, known ? $"[127.0.0.1]:{Port} {key[0]} {key[1]}\n" : "");
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} failed.");
    }
}
