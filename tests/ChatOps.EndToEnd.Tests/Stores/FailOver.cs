using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using ChatOps.EndToEnd.Fleet;
using ChatOps.EndToEnd.Harness;

namespace ChatOps.EndToEnd.Stores;

/// <summary>A gateway does everything, is killed, and another one goes on with all of it. Measured here for the test and for the benchmark.</summary>
internal static class FailOver
{
    private const string Node = "web-1";

    /// <summary>Runs it.</summary>
    /// <exception cref="InvalidOperationException">Something ran twice, or the record does not hold.</exception>
    /// <exception cref="TimeoutException">Something was not gone on with.</exception>
    public static async Task<FailOverTimes> RunAsync()
    {
        await using var group = await GatewayGroup.StartAsync();
        var first = await group.GatewayAsync("first");
        await using var daemon = await group.NodeAsync(Node, first);
        await first.CallAsync("schedule_add", new { name = "ticking", every = "10s", work = "/run uptime --on local", to = "web" });

        // A turn waits for what runs on the node, by the first gateway, over the first gateway's relay.
        await group.BeginAsync(first, Node);
        var second = await group.GatewayAsync("second", port: group.NextPort);

        first.Kill();
        var watch = Stopwatch.StartNew();
        var died = TimeProvider.System.GetUtcNow();
        await group.LetGoAsync();
        group.BenSays("/run echo said-afterwards --on local");
        TimeSpan? node = null, poller = null, conversation = null, schedule = null;
        await group.UntilAsync(async () =>
        {
            if (node is null && await second.StateOfAsync(Node) == "online") node = watch.Elapsed;
            if (poller is null && group.Telegram.Waiting == 0) poller = watch.Elapsed;
            if (conversation is null && Told("answer-42")) conversation = watch.Elapsed;
            if (schedule is null && await HasRunAsync(second, died)) schedule = watch.Elapsed;
            return node is not null && poller is not null && conversation is not null && schedule is not null && Told("said-afterwards");
        }, "Not everything was gone on with.");

        if ((await File.ReadAllLinesAsync(group.In("runs"))).Length != 1) throw new InvalidOperationException("The command ran twice.");
        var record = (await second.CallAsync("audit_verify", new { })).ToJsonString();
        if (!record.Contains("\"intact\":true", StringComparison.Ordinal)) throw new InvalidOperationException($"The record does not hold: {record}");
        return new FailOverTimes(conversation!.Value, node!.Value, poller!.Value, schedule!.Value);

        bool Told(string what) => group.ToBen.Any(p => p.Text.Contains(what, StringComparison.Ordinal));
    }

    private static async Task<bool> HasRunAsync(GatewayProcess gateway, DateTimeOffset after) =>
        (await gateway.CallAsync("schedule_history", new { name = "ticking", limit = 50 }))["result"]!.AsArray().OfType<JsonNode>()
            .Any(run => (string)run["state"]! == "done" && DateTimeOffset.Parse((string)run["nominal"]!, CultureInfo.InvariantCulture) > after);
}
