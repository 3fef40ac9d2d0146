using System.ComponentModel;
using System.Diagnostics;

namespace ChatOps.Node.Installing;

/// <summary>Starts programs of the machine that an installation needs: systemctl, useradd.</summary>
internal static class SystemProgram
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Runs one.</summary>
    /// <returns>Whether it ended well, and what it said.</returns>
    public static async Task<(bool Ok, string Output)> RunAsync(params string[] words)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(words[0], words[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            using var limit = new CancellationTokenSource(Limit);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode == 0, (await output + await errors).Trim());
        }
        catch (Exception e) when (e is Win32Exception or OperationCanceledException)
        {
            return (false, e is OperationCanceledException ? $"{words[0]} did not end in {Limit.TotalSeconds:0} s." : e.Message);
        }
    }
}
