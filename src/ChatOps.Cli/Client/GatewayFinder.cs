using System.Diagnostics;
using ChatOps.Host;

namespace ChatOps.Cli.Client;

/// <summary>Finds the gateway to talk to: the named one, the running one of the data directory, or one in this process for the length of the command.</summary>
internal static class GatewayFinder
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Connects.</summary>
    public static async Task<GatewayConnection> ConnectAsync(GlobalValues global, string? actAs, CancellationToken cancellationToken)
    {
        if (global.Gateway is { } url) return new(Named(url, actAs), null, async stop => await GatewayClient.AnswersAsync(url, stop) ? Named(url, actAs) : null);
        var (settings, places, data) = CliSettings.Load(global);
        var waited = Stopwatch.StartNew();
        while (true)
        {
            if (await HereAsync(data, actAs, cancellationToken) is { } running) return new(running, null, stop => HereAsync(data, actAs, stop));
            try
            {
                var setup = new GatewaySetup(GatewayMode.Command, settings.Options, places, data) { Verbose = global.Verbose };
                var own = await GatewayHost.StartAsync(setup, cancellationToken);
                return new(new GatewayClient(own.Record.Url, own.Record.Key, actAs), own, stop => HereAsync(data, actAs, stop));
            }
            catch (StartRefusedException e) when (e.HeldByAnother)
            {
                // It became ready between our look and our start, or is just ending; or it does not answer.
                if (waited.Elapsed > Patience) throw new CliFailureException(ExitCodes.Unreachable, "unreachable", $"{e.Message} It does not answer.");
                await Task.Delay(Pause, cancellationToken);
            }
        }
    }

    /// <summary>The gateway that runs on a data directory and answers; null when there is none.</summary>
    public static async Task<GatewayRecord?> RunningAsync(string data, CancellationToken cancellationToken) =>
        new GatewayRecordFile(data).Read() is { } record && IsAlive(record.Pid) && await GatewayClient.AnswersAsync(record.Url, cancellationToken) ? record : null;

    private static async Task<GatewayClient?> HereAsync(string data, string? actAs, CancellationToken cancellationToken) =>
        await RunningAsync(data, cancellationToken) is { } record ? new GatewayClient(record.Url, record.Key, actAs) : null;

    private static GatewayClient Named(string url, string? actAs)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            throw new CliFailureException(ExitCodes.Usage, "usage", $"--gateway: '{url}' is not an address such as http://127.0.0.1:18790.");
        if (uri.Scheme == "http" && !uri.IsLoopback)
            throw new CliFailureException(ExitCodes.Usage, "usage", $"--gateway: {url} would carry your token unencrypted. Use https, or an SSH tunnel to a loopback address.");
        return new GatewayClient(uri.GetLeftPart(UriPartial.Authority), TokenSource.Read(), actAs);
    }

    /// <summary>Whether a process of that id runs.</summary>
    public static bool IsAlive(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
