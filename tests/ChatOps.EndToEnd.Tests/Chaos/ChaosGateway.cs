using System.Globalization;
using System.Text.Json.Nodes;
using ChatOps.EndToEnd.Harness;
using ChatOps.Testing;
using ChatOps.Testing.Faults;

namespace ChatOps.EndToEnd.Chaos;

/// <summary>One gateway through many lives, always at the same address, with lines of its own to all that it needs.</summary>
internal sealed class ChaosGateway(string name, string data, string workspace) : IAsyncDisposable
{
    private readonly int port = LoopbackPort.Free();
    private readonly List<string> logs = [];

    public string Name => name;

    public string Data => data;

    /// <summary>Its lines: database, broker, telegram, slack, discord.</summary>
    public Dictionary<string, Wire> Wires { get; } = [];

    /// <summary>What its data is on; null where none of its own could be made.</summary>
    public TestDisk? Disk { get; set; }

    /// <summary>The clock on its wall.</summary>
    public WallClock Clock { get; } = new(Path.Combine(data, "clock"));

    /// <summary>The process; null while there is none.</summary>
    public GatewayProcess? Process { get; private set; }

    public System.Net.IPEndPoint EndPoint => new(System.Net.IPAddress.Loopback, port);

    /// <summary>Whether it can be talked to now, as far as anybody outside knows.</summary>
    public bool IsUp => Process is { HasExited: false };

    /// <summary>Everything that it and its earlier lives logged.</summary>
    public string Log => string.Join('\n', logs.Append(Process?.Log ?? ""));

    public async Task StartAsync()
    {
        await TakeDownAsync();
        var environment = new Dictionary<string, string> { ["DOTNET_TieredPGO"] = "0" };
        Clock.Set(null);
        foreach (var (key, value) in Clock.Environment) environment[key] = value;
        Process = await GatewayProcess.StartAsync(data, workspace, environment, "--urls", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        Process.Client.Timeout = TimeSpan.FromSeconds(20);
    }

    public Task SignalAsync(string signal) => SignalAsync(Process!.Id, signal);

    /// <summary>What the system says of its process: resident kilobytes, open files, threads.</summary>
    public (long Kilobytes, int Handles, int Threads)? Sample()
    {
        if (!IsUp) return null;
        try
        {
            var status = File.ReadAllLines($"/proc/{Process!.Id}/status");
            long Value(string key) => long.Parse(status.First(l => l.StartsWith(key, StringComparison.Ordinal)).Split([' ', '\t', ':'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
            return (Value("VmRSS"), Directory.GetFiles($"/proc/{Process.Id}/fd").Length, (int)Value("Threads"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A tool's answer; null when it does not answer.</summary>
    public async Task<JsonNode?> TryCallAsync(string tool, object arguments, string? key = null)
    {
        if (!IsUp) return null;
        try
        {
            return await Process!.CallAsync(tool, arguments, key);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException or System.Text.Json.JsonException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await TakeDownAsync();
        foreach (var wire in Wires.Values) await wire.DisposeAsync();
        Disk?.Dispose();
    }

    private async Task TakeDownAsync()
    {
        if (Process is null) return;
        var last = Process;
        Process = null;
        await last.DisposeAsync();
        logs.Add(last.Log);
    }

    private static async Task SignalAsync(int id, string signal)
    {
        using var kill = System.Diagnostics.Process.Start("/bin/kill", [$"-{signal}", id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }
}
