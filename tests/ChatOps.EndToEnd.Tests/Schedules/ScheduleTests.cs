using System.Text.Json.Nodes;
using ChatOps.EndToEnd.Agent;
using ChatOps.EndToEnd.Harness;
using ChatOps.EndToEnd.Http;

namespace ChatOps.EndToEnd.Schedules;

/// <summary>Schedules of a real gateway, from the command line, from chat and from a file.</summary>
public sealed class ScheduleTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_schedule_is_added_runs_at_its_times_is_paused_and_removed()
    {
        await using var gateway = await GatewayProcess.StartAsync(folder.Data, Workspace());
        var cli = new Commands(folder.Data);

        var added = await cli.RunAsync("schedule", "add", "0 9 * * 1-5", "--tz", "Europe/Berlin", "--to", "web", "--name", "office", "--", "/fleet", "status");
        Assert.True(added.ExitCode == 0, added.ToString());
        Assert.Equal(5, added.Output.Split('\n').Count(l => l.Contains(" 09:00:00 +0", StringComparison.Ordinal)));
        var never = await cli.RunAsync("schedule", "add", "0 0 30 2 *", "--to", "web", "--", "/nodes");
        Assert.Equal(2, never.ExitCode);
        Assert.Contains("It would never run", never.Errors + never.Output, StringComparison.Ordinal);

        Assert.Equal("done", (string?)(await gateway.CallAsync("schedule_add", new { when = "* * * * * *", work = "/run uptime --on local", to = "web:office", name = "each" }))["status"]);
        var runs = await UntilDoneAsync(gateway, "each");
        Assert.All(runs, r => Assert.NotNull((string?)r["audit"]));
        Assert.Equal("done", (string?)(await gateway.CallAsync("schedule_pause", new { name = "each" }))["status"]);
        Assert.Equal("done", (string?)(await gateway.CallAsync("schedule_remove", new { name = "each" }))["status"]);
        Assert.DoesNotContain("each", (await gateway.CallAsync("schedule_list", new { }))["result"]!["schedules"]!.ToJsonString(), StringComparison.Ordinal);

        Assert.Equal("done", (string?)(await gateway.CallAsync("schedule_run", new { name = "office" }))["status"]);
        // Its own time may come meanwhile.
        await UntilDoneAsync(gateway, "office", "asked");
    }

    [Fact]
    public async Task In_chat_a_schedule_answers_where_it_was_asked_for_and_its_approvals_go_there()
    {
        await using var gateway = await GatewayProcess.StartAsync(folder.Data, Workspace());
        using var chat = await Chat.OpenAsync(gateway, "ops");

        await chat.SayAsync($"/schedule add --every 10s --name writes -- /run \"touch {folder.In("written")}\" --on local");
        await Until.TrueAsync(() => Task.FromResult(chat.Heard.Contains("Schedule writes is added", StringComparison.Ordinal)), () => chat.Heard);
        await Until.TrueAsync(() => Task.FromResult(chat.Heard.Contains("touch ", StringComparison.Ordinal) && chat.Heard.Contains("approve", StringComparison.OrdinalIgnoreCase)), () => chat.Heard);
        await Until.TrueAsync(
            async () =>
            {
                await ModelGateway.ApproveAsync(gateway);
                return File.Exists(folder.In("written"));
            },
            () => $"Nothing was written.\n{chat.Heard}\n{gateway.Log}");
        await UntilDoneAsync(gateway, "writes");
    }

    [Fact]
    public async Task A_file_of_schedules_counts_entry_by_entry_and_what_is_bad_is_named_with_its_line()
    {
        var workspace = Workspace();
        Directory.CreateDirectory(Path.Combine(workspace, "schedules"));
        var file = Path.Combine(workspace, "schedules", "ops.yaml");
        await File.WriteAllTextAsync(
            file,
            """
            schedules:
              - name: good
                cron: "0 3 * * *"
                owner: owner
                to: web
                run: /nodes
              - name: bad
                cron: "0 25 * * *"
                owner: owner
                to: web
                run: /nodes
            """,
            TestContext.Current.CancellationToken);
        await using var gateway = await GatewayProcess.StartAsync(folder.Data, workspace);

        var list = new JsonObject() as JsonNode;
        await Until.TrueAsync(
            async () =>
            {
                list = (await gateway.CallAsync("schedule_list", new { }))["result"]!;
                return list["problems"]!.AsArray().Count == 1;
            },
            () => list.ToJsonString());
        Assert.StartsWith("ops.yaml:7: bad: The time cannot be read", (string)list["problems"]![0]!, StringComparison.Ordinal);
        Assert.Equal("good", (string?)Assert.Single(list["schedules"]!.AsArray())!["name"]);

        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Replace("0 25", "0 5", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await Until.TrueAsync(async () => (await gateway.CallAsync("schedule_list", new { }))["result"]!["schedules"]!.AsArray().Count == 2, () => gateway.Log);
    }

    private string Workspace()
    {
        Directory.CreateDirectory(folder.In("workspace"));
        return folder.In("workspace");
    }

    private static async Task<IReadOnlyList<JsonNode>> UntilDoneAsync(GatewayProcess gateway, string name, string? trigger = null)
    {
        IReadOnlyList<JsonNode> runs = [];
        await Until.TrueAsync(
            async () =>
            {
                runs = [.. (await gateway.CallAsync("schedule_history", new { name }))["result"]!.AsArray().OfType<JsonNode>()];
                return runs.Any(r => (string)r["state"]! == "done" && (trigger is null || (string?)r["trigger"] == trigger));
            },
            () => $"{name}: {string.Join('\n', runs.Select(r => r.ToJsonString()))}\n{gateway.Log}");
        return [.. runs.Where(r => (string)r["state"]! == "done")];
    }
}
