using System.Diagnostics;

namespace ChatOps.Mcp.Using;

/// <summary>A server's program: started with an environment made from nothing but what the operator names, and ended with everything that it started.</summary>
internal sealed class ServerProgram : IAsyncDisposable
{
    private readonly Process process;

    private ServerProgram(Process process, TimeProvider time)
    {
        this.process = process;
        Output = new BoundedStream(process.StandardOutput.BaseStream, lines: true, time);
        _ = DrainAsync();
    }

    public Stream Input => process.StandardInput.BaseStream;

    public Stream Output { get; }

    /// <summary>Starts it.</summary>
    /// <exception cref="IOException">It cannot be started.</exception>
    public static ServerProgram Start(OutsideServerOptions options, TimeProvider time)
    {
        var words = CommandWords.Split(options.Command!)!;
        var start = new ProcessStartInfo(words[0], words.Skip(1)) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment.Clear();
        foreach (var name in options.Environment)
            if (Environment.GetEnvironmentVariable(name) is { } value) start.Environment[name] = value;
        try
        {
            return new ServerProgram(Process.Start(start)!, time);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new IOException($"{words[0]} cannot be started: {e.Message}.", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            process.StandardInput.Close();
            using var limit = new CancellationTokenSource(OutsideBounds.Goodbye);
            await process.WaitForExitAsync(limit.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // It does not go by itself.
        }

        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has gone.
        }

        process.Dispose();
    }

    // What nobody reads would hold the program; what it says there is its own affair.
    private async Task DrainAsync()
    {
        var buffer = new char[4096];
        try
        {
            while (await process.StandardError.ReadAsync(buffer) > 0)
            {
            }
        }
        catch (Exception e) when (e is IOException or InvalidOperationException or ObjectDisposedException)
        {
            // It has gone.
        }
    }
}
