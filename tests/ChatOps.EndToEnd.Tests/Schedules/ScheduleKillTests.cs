using System.Globalization;
using System.Text.Json.Nodes;
using ChatOps.EndToEnd.Agent;
using ChatOps.EndToEnd.Harness;

namespace ChatOps.EndToEnd.Schedules;

/// <summary>kill -9 at every step of a tick: no tick runs twice, and each is in the history, whatever became of it.</summary>
public sealed class ScheduleKillTests : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private static readonly string[] Points =
    [
        "schedule.claimed:1", "gate.waiting:1", "schedule.worked:1", "schedule.ended:1", "gate.approved:1", "gate.started:1", "gate.ran:1", "schedule.worked:2", "schedule.ended:2",
    ];

    private static readonly string[] OfSchedules = ["schedule.claimed:1", "schedule.worked:1", "schedule.ended:1"];

    private readonly TempFolder folder = new();

    /// <summary>Where it kills; on a server only what a schedule alone passes.</summary>
    public static IEnumerable<string> Killed(StoreMode mode) => (mode == StoreMode.Embedded ? Points : OfSchedules).Select(p => p.Split(':')[0]);

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(StoreMode.Embedded)]
    [InlineData(StoreMode.Distributed)]
    public async Task Whenever_the_gateway_dies_in_a_tick_nothing_runs_twice_and_no_tick_is_lost_silently(StoreMode mode)
    {
        await ServerStore.UseAsync(mode, folder.Data);
        var workspace = folder.In("workspace");
        Directory.CreateDirectory(Path.Combine(workspace, "schedules"));
        await File.WriteAllTextAsync(
            Path.Combine(workspace, "schedules", "ticks.yaml"),
            $$"""
            schedules:
              - name: ticking
                cron: "*/5 * * * * *"
                owner: owner
                to: web
                run: /run sh -c 'echo run >> {{folder.In("runs")}}' --on local
            """,
            TestContext.Current.CancellationToken);
        foreach (var point in mode == StoreMode.Embedded ? Points : OfSchedules) await DieAsync(workspace, point);

        await using var gateway = await GatewayProcess.StartAsync(folder.Data, workspace);
        var stopped = await gateway.CallAsync("schedule_pause", new { name = "ticking" });
        Assert.Equal("done", (string?)stopped["status"]);
        IReadOnlyList<JsonNode> runs = [];
        await Until.TrueAsync(
            async () =>
            {
                await ModelGateway.ApproveAsync(gateway);
                runs = [.. (await gateway.CallAsync("schedule_history", new { name = "ticking", limit = 200 }))["result"]!.AsArray().OfType<JsonNode>().Reverse()];
                return runs.All(r => (string)r["state"]! is not ("queued" or "running" or "waiting"));
            },
            () => string.Join('\n', runs.Select(r => r.ToJsonString())));

        var times = runs.Select(r => DateTimeOffset.Parse((string)r["nominal"]!, CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(times.Order().Distinct(), times);
        var gaps = times.Zip(times.Skip(1)).Where(t => t.Second - t.First != Interval).ToList();
        // What nobody took within a minute was missed: that is one row with the note about all of them.
        Assert.True(gaps.Count == 0 || runs.Any(r => ((string?)r["summary"])?.Contains("missed while no gateway ran", StringComparison.Ordinal) == true), $"Ticks are missing: {string.Join(", ", gaps)}");
        var done = runs.Count(r => (string)r["state"]! == "done");
        var unknown = runs.Count(r => (string)r["state"]! == "unknown");
        var effects = File.Exists(folder.In("runs")) ? (await File.ReadAllLinesAsync(folder.In("runs"), TestContext.Current.CancellationToken)).Length : 0;
        Assert.True(effects >= done && effects <= done + unknown, $"{effects} effects of {done} runs that are done and {unknown} whose end is unknown.\n{string.Join('\n', runs.Select(r => r.ToJsonString()))}");
        Assert.True(done > 0, "Nothing was done at all.");
    }

    private async Task DieAsync(string workspace, string point)
    {
        await using var gateway = await StartAsync(workspace, point);
        if (gateway is null) return;
        await Until.TrueAsync(
            async () =>
            {
                if (gateway.HasExited) return true;
                try
                {
                    await ModelGateway.ApproveAsync(gateway);
                }
                catch (Exception e) when (e is HttpRequestException or IOException or System.Text.Json.JsonException)
                {
                    // It dies in this moment.
                }

                return false;
            },
            () => $"It did not die at {point}.\n{gateway.Log}");
        Assert.Equal(128 + 9, gateway.ExitCode);
    }

    // Null when it died while it went on with what the life before had left.
    private async Task<GatewayProcess?> StartAsync(string workspace, string point)
    {
        try
        {
            return await GatewayProcess.StartAsync(folder.Data, workspace, new Dictionary<string, string> { ["CHATOPS_CRASH_AT"] = point });
        }
        catch (GatewayDidNotStartException e) when (e.ExitCode == 128 + 9)
        {
            return null;
        }
    }
}
