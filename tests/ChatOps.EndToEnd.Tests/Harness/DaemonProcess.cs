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

    public bool HasExited => process.HasExited;

    public int ExitCode => process.ExitCode;

    public static DaemonProcess Start(Uri gateway, string name, string stateDirectory, string? token = null, IReadOnlyDictionary<string, string>? environment = null, params string[] more)
    {
        var start = new ProcessStartInfo(ChatOpsExecutable.File) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        var relay = new UriBuilder(gateway) { Scheme = gateway.Scheme == Uri.UriSchemeHttps ? "wss" : "ws" }.Uri;
        foreach (var argument in (string[])["node", "--relay", relay.ToString(), "--name", name, "--data", stateDirectory, .. token is null ? Array.Empty<string>() : ["--join", token], .. more])
            start.ArgumentList.Add(argument);
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
