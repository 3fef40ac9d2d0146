using System.Text.Json.Nodes;
using ChatOps.EndToEnd.Agent;
using ChatOps.EndToEnd.Harness;
using ChatOps.Testing.Models;

namespace ChatOps.EndToEnd.Schedules;

/// <summary>The heartbeat and the daily review of a real gateway with a loopback model.</summary>
public sealed class HeartbeatTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_quiet_look_is_in_the_history_and_the_costs_alone_and_one_with_news_is_its_text()
    {
        var data = folder.In("data");
        Directory.CreateDirectory(data + "-workspace");
        await File.WriteAllTextAsync(Path.Combine(data + "-workspace", "HEARTBEAT.md"), "# Heartbeat\n- Look at the load.\n", TestContext.Current.CancellationToken);
        await using var model = await ModelServer.StartAsync(
            ModelReply.Call("status", "{}", "I look."), ModelReply.Say("""{"notify": false, "text": ""}"""), ModelReply.Say("""{"notify": true, "text": "The load of local is 42."}"""),
            ModelReply.Say("Likely causes: none that the facts show."));
        await using var gateway = await ModelGateway.StartAsync(model, data);
        await Until.TrueAsync(async () => ((JsonArray)(await gateway.CallAsync("heartbeat_show", new { }))["result"]!["next"]!).Count == 1, () => gateway.Log);

        using var console = await SignInAsync(gateway);

        Assert.Equal("done", (string?)(await gateway.CallAsync("heartbeat_run", new { }))["status"]);
        await EndsAsync(gateway, "heartbeat", "quiet");
        Assert.Contains("Look at the load.", model.Requests[0].Messages[^1]!.ToJsonString(), StringComparison.Ordinal);
        var place = (string)(await gateway.CallAsync("schedule_show", new { name = "heartbeat" }))["result"]!["schedule"]!["to"]!;
        Assert.DoesNotContain("load", await SaidAsync(console, place), StringComparison.Ordinal);
        Assert.Contains("heartbeat", (await gateway.CallAsync("cost", new { by = "schedule" }))["result"]!["rows"]!.ToJsonString(), StringComparison.Ordinal);

        await gateway.CallAsync("heartbeat_run", new { });
        await EndsAsync(gateway, "heartbeat", "done");
        var said = await SaidAsync(console, place);
        Assert.Contains("The load of local is 42.", said, StringComparison.Ordinal);
        Assert.DoesNotContain("notify", said, StringComparison.Ordinal);
        Assert.DoesNotContain("Look at the load", said, StringComparison.Ordinal);

        // The review runs by the same way, and its file is in the workspace.
        await gateway.CallAsync("schedule_run", new { name = "daily-review" });
        await EndsAsync(gateway, "daily-review", "done");
        var report = Assert.Single(Directory.GetFiles(Path.Combine(data + "-workspace", "reports")));
        Assert.Contains("Likely causes: none that the facts show.", await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Empty(model.Violations);
    }

    private static Task EndsAsync(GatewayProcess gateway, string name, string state)
    {
        var history = "";
        return Until.TrueAsync(
            async () => (history = (await gateway.CallAsync("schedule_history", new { name }))["result"]!.ToJsonString()).Contains($"\"state\":\"{state}\"", StringComparison.Ordinal), () => $"{history}\n{gateway.Log}");
    }

    // The console's page of the conversation, as its owner sees it.
    private static Task<string> SaidAsync(HttpClient console, string conversation) =>
        console.GetStringAsync("/chat/" + conversation[(conversation.IndexOf('.', StringComparison.Ordinal) + 1)..], TestContext.Current.CancellationToken);

    private static async Task<HttpClient> SignInAsync(GatewayProcess gateway)
    {
        var console = new HttpClient { BaseAddress = gateway.Address };
        console.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        using var answer = await console.GetAsync(gateway.SignInLink, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, answer.ToString());
        return console;
    }
}
