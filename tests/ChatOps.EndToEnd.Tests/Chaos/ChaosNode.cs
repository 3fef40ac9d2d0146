using System.Globalization;
using ChatOps.EndToEnd.Harness;
using ChatOps.Testing.Faults;

namespace ChatOps.EndToEnd.Chaos;

/// <summary>A real daemon with a line of its own to whichever gateway is there.</summary>
internal sealed class ChaosNode(string name, string state, string effects, Wire wire) : IAsyncDisposable
{
    private DaemonProcess? process;

    public string Name => name;

    public string State => state;

    /// <summary>Where commands on it leave their traces.</summary>
    public string Effects => effects;

    public Wire Wire => wire;

    public void Start(string? token = null) => process = DaemonProcess.Start(new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{wire.Port}")), name, state, token);

    public async Task KillAsync()
    {
        if (process is { HasExited: false }) await process.KillAsync();
    }

    public string Log => process?.Log ?? "";

    public async ValueTask DisposeAsync()
    {
        if (process is not null) await process.DisposeAsync();
        await wire.DisposeAsync();
    }
}
