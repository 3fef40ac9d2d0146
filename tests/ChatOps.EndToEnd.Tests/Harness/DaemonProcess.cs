using System.Diagnostics;

namespace ChatOps.EndToEnd.Harness;

/// <summary>A node's daemon in a process of its own.</summary>
internal sealed class DaemonProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly List<string> lines = [];

    private DaemonProcess(Process process) => this.process = process;

    public string Log
    {
        get
        {
            lock (lines) return string.Join('\n', lines);
        }
    }

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    public int ExitCode => process.ExitCode;

    public static DaemonProcess Start(Uri gateway, string name, string stateDirectory, string? token = null, IReadOnlyDictionary<string, string>? environment = null, params string[] more)
    {
        return Start([ChatOpsExecutable.File, .. Words(gateway, name, stateDirectory, token), .. more], environment);
    }

    /// <summary>One whose state directory is a disk of its own of that size, which nobody else sees; <c>/proc/ID/root</c> leads to it.</summary>
    public static DaemonProcess StartOnDisk(string size, Uri gateway, string name, string stateDirectory, string token)
    {
        Directory.CreateDirectory(stateDirectory);
        string[] world = Environment.IsPrivilegedProcess ? ["unshare", "--mount"] : ["unshare", "--mount", "--user", "--map-root-user"];
        return Start([.. world, "sh", "-c", "mount -t tmpfs -o size=\"$1\" none \"$2\" && shift 2 && exec \"$@\"", "sh", size, stateDirectory, ChatOpsExecutable.File, .. Words(gateway, name, stateDirectory, token)], null);
    }

    /// <summary>One on another machine: the words make a command run there, and end with the process that is started here.</summary>
    public static DaemonProcess StartInside(string[] machine, Uri gateway, string name, string stateDirectory, string token) =>
        Start([.. machine, ChatOpsExecutable.File, .. Words(gateway, name, stateDirectory, token)], null);

    private static string[] Words(Uri gateway, string name, string stateDirectory, string? token)
    {
        var relay = new UriBuilder(gateway) { Scheme = gateway.Scheme == Uri.UriSchemeHttps ? "wss" : "ws" }.Uri;
        return ["node", "--relay", relay.ToString(), "--name", name, "--data", stateDirectory, .. token is null ? Array.Empty<string>() : ["--join", token]];
    }

    private static DaemonProcess Start(string[] words, IReadOnlyDictionary<string, string>? environment)
    {
        var start = new ProcessStartInfo(words[0]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in words[1..]) start.ArgumentList.Add(argument);
        foreach (var (key, value) in environment ?? new Dictionary<string, string>()) start.Environment[key] = value;
        var daemon = new DaemonProcess(new Process { StartInfo = start });
        daemon.Listen();
        return daemon;
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("/bin/kill", [$"-{signal}", $"{process.Id}"]);
        await kill.WaitForExitAsync();
    }

    public Task WaitForExitAsync(TimeSpan limit) => process.WaitForExitAsync().WaitAsync(limit);

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) await KillAsync();
        process.Dispose();
    }

    private void Listen()
    {
        void Take(string? line)
        {
            if (line is null) return;
            lock (lines) lines.Add(line);
        }

        process.OutputDataReceived += (_, e) => Take(e.Data);
        process.ErrorDataReceived += (_, e) => Take(e.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }
}
