using System.Diagnostics;
using System.Text;
using ChatOps.EndToEnd.Harness;

namespace ChatOps.EndToEnd.CommandLine;

/// <summary>A command on a real pseudo-terminal, which script(1) gives it for all three streams; what it writes is seen while it runs.</summary>
internal sealed class Terminal : IDisposable
{
    private readonly Process process;
    private readonly StringBuilder text = new();
    private readonly Task reading;

    public Terminal(string command)
    {
        var start = new ProcessStartInfo("script", ["-qec", command, "/dev/null"]) { RedirectStandardOutput = true, RedirectStandardInput = true };
        start.Environment["TERM"] = "xterm-256color";
        start.Environment.Remove("NO_COLOR");
        process = Process.Start(start)!;
        reading = ReadAsync();
    }

    private string Text
    {
        get { lock (text) return text.ToString(); }
    }

    /// <summary>Waits until something stands there.</summary>
    public Task ShowsAsync(string expected) =>
        Until.TrueAsync(() => Task.FromResult(Text.Contains(expected, StringComparison.Ordinal)), () => $"'{expected}' does not appear on the terminal:\n{Text}");

    /// <summary>Presses keys.</summary>
    public async Task TypeAsync(string keys)
    {
        await process.StandardInput.WriteAsync(keys);
        await process.StandardInput.FlushAsync();
    }

    /// <summary>All that it wrote to its end.</summary>
    public async Task<string> EndAsync()
    {
        await reading.WaitAsync(Until.Limit);
        return Text;
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    private async Task ReadAsync()
    {
        var buffer = new char[4096];
        while (await process.StandardOutput.ReadAsync(buffer) is > 0 and var count)
        {
            lock (text) text.Append(buffer, 0, count);
        }
    }
}
