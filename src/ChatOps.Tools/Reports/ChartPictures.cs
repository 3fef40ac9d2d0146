using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using ChatOps.Messages;
using ChatOps.Rendering;

namespace ChatOps.Tools.Reports;

/// <summary>Draws charts as one picture for places that show no SVG, by the browser that is installed; without one there is none, and the text says the same.</summary>
internal sealed class ChartPictures(ToolsOptions options, IOutputFiles files, TimeProvider time)
{
    /// <summary>Most charts of a picture.</summary>
    public const int MaxCharts = 4;

    private const int Scale = 2;
    private const string FileName = "charts.png";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G'];

    /// <summary>Draws them and keeps the picture as the file of an invocation.</summary>
    /// <returns>The picture as a block; null when there is none.</returns>
    public async Task<FileBlock?> KeepAsync(string invocationId, IReadOnlyList<LineChart> charts, CancellationToken cancellationToken)
    {
        if (charts.Count == 0 || options.Browser is not { } browser) return null;
        var directory = Path.Combine(options.DataDirectory, "staging", "charts-" + invocationId);
        try
        {
            Directory.CreateDirectory(directory);
            var (page, picture) = (Path.Combine(directory, "charts.html"), Path.Combine(directory, FileName));
            await File.WriteAllTextAsync(page, Page([.. charts.Take(MaxCharts)]), new UTF8Encoding(false), cancellationToken);
            if (!await DrawAsync(browser, directory, page, picture, Math.Min(charts.Count, MaxCharts), cancellationToken) || !IsPicture(picture)) return null;
            return new FileBlock(FileName, invocationId, await KeepAsync(invocationId, picture, cancellationToken));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What the picture shows stands in words beside it.
            return null;
        }
        finally
        {
            Remove(directory);
        }
    }

    private async Task<long> KeepAsync(string invocationId, string picture, CancellationToken cancellationToken)
    {
        var raw = files.RawPath(invocationId);
        try
        {
            File.Copy(picture, raw, overwrite: true);
            return (await files.KeepBytesAsync(invocationId, cancellationToken)).Bytes;
        }
        finally
        {
            files.Discard(invocationId);
        }
    }

    private static string Page(IReadOnlyList<LineChart> charts)
    {
        var size = string.Create(CultureInfo.InvariantCulture, $"width:{LineChart.Width}px;height:{LineChart.Height}px");
        return "<!DOCTYPE html><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
            + $"<style>body{{margin:0;background:#fff;color:#1b1e25}}svg{{display:block;{size}}}</style>{string.Concat(charts.Select(c => c.ToSvg(standalone: false)))}";
    }

    private async Task<bool> DrawAsync(string browser, string directory, string page, string picture, int charts, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            "--headless=new", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions", "--hide-scrollbars",
            // The browser's own walls need rights that root's processes do not give it; it opens this one page alone, which has no script and reaches nothing.
            .. Environment.IsPrivilegedProcess ? (string[])["--no-sandbox"] : [],
            $"--user-data-dir={Path.Combine(directory, "profile")}", $"--screenshot={picture}",
            string.Create(CultureInfo.InvariantCulture, $"--window-size={LineChart.Width},{LineChart.Height * charts}"), string.Create(CultureInfo.InvariantCulture, $"--force-device-scale-factor={Scale}"),
            new Uri(page).AbsoluteUri,
        ];
        var start = new ProcessStartInfo(browser, arguments) { WorkingDirectory = directory, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.Environment.Clear();
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin";
        start.Environment["HOME"] = directory;
        start.Environment["LANG"] = "C.UTF-8";
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var process = Process.Start(start)!;
            try
            {
                process.StandardInput.Close();
                var said = Task.WhenAll(process.StandardOutput.ReadToEndAsync(either.Token), process.StandardError.ReadToEndAsync(either.Token));
                await process.WaitForExitAsync(either.Token);
                await said;
                return process.ExitCode == 0;
            }
            finally
            {
                if (!process.HasExited) process.Kill(entireProcessTree: true);
            }
        }
        catch (Exception e) when (e is Win32Exception || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }

    private static bool IsPicture(string file)
    {
        if (!File.Exists(file)) return false;
        using var stream = File.OpenRead(file);
        var head = new byte[Signature.Length];
        return stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head.AsSpan().SequenceEqual(Signature);
    }

    private static void Remove(string directory)
    {
        try
        {
            if (Directory.Exists(directory)) Directory.Delete(directory, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A process of the browser that still ends may hold it; it is in the staging directory, which nobody reads.
        }
    }
}
