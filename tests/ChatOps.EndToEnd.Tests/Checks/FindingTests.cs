using System.Text.Json.Nodes;
using ChatOps.EndToEnd.Agent;
using ChatOps.EndToEnd.Harness;
using ChatOps.EndToEnd.Http;
using ChatOps.Testing.Models;

namespace ChatOps.EndToEnd.Checks;

/// <summary>What becomes of a finding on the real executable with a loopback model: looked into once, its note's steps on a card, whenever the gateway dies.</summary>
public sealed class FindingTests : IDisposable
{
    private const string Answer = "The mark was removed by hand; I am fairly sure.";

    private readonly TempFolder folder = new();

    private string Data => folder.In("data");

    private string Mark => folder.In("mark");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_planted_fault_is_told_looked_into_once_by_reading_and_its_notes_steps_are_approved_run_verified_and_recorded()
    {
        await using var model = await StartModelAsync();
        await File.WriteAllTextAsync(Mark, "here", TestContext.Current.CancellationToken);
        await using var gateway = await StartAsync(model);
        using var chat = await Chat.OpenAsync(gateway, "checks");
        await StandsAsync(gateway, "ok");
        Assert.Empty(model.Requests);

        File.Delete(Mark);
        using var its = await OpenIncidentAsync(gateway);
        await its.HearsAsync(Answer);
        await Until.TrueAsync(() => ModelGateway.ApproveAsync(gateway), () => $"{its.Heard}\n{gateway.Log}");
        await StandsAsync(gateway, "ok");

        Assert.True(File.Exists(Mark));
        Assert.Contains("Runbook note", its.Heard, StringComparison.Ordinal);
        Assert.DoesNotContain(Answer, chat.Heard, StringComparison.Ordinal);
        // One question, its reading, its answer; and nothing that this service may not do is offered.
        Assert.Equal(ScriptedInvestigation.Calls, model.Requests.Count);
        Assert.Contains("outside-text", model.Requests[0].LastText, StringComparison.Ordinal);
        Assert.Contains("check_probe", model.Requests[0].Tools);
        Assert.DoesNotContain("run", model.Requests[0].Tools);
        Assert.Empty(model.Violations);
        await Until.TrueAsync(async () => (string?)(await NoteAsync(gateway))["runs"]![0]!["end"] == "verified", () => gateway.Log);
        Assert.Equal(1, (int)(await NoteAsync(gateway))["note"]!["verified"]!);
        await its.SayAsync("somebody moved house");
        await its.SayAsync("/incident note 'it was the mover'");
        await its.HearsAsync("Noted on");
        var refused = await gateway.CallAsync("runbook_trust", new { name = "mark-missing", level = "auto" });
        var resolved = (await gateway.CallAsync("incident_resolve", new { note = "somebody removed it" }))["result"]!;
        var draft = await File.ReadAllTextAsync(Path.Combine(Data + "-workspace", "reports", (string)resolved["report"]!), TestContext.Current.CancellationToken);
        Assert.All(new[] { "| finding |", "| look |", "| approval |", "| command |", "| recovery |", "| message |", "somebody moved house", "| note |" }, kind => Assert.Contains(kind, draft, StringComparison.Ordinal));
        Assert.Contains("only after 3 runs in a row that were verified, and there is 1", refused.ToJsonString(), StringComparison.Ordinal);
    }

    /// <summary>Where it kills, in the order of its way.</summary>
    public static IReadOnlyList<string> Killed { get; } = ["outbox.sent", "finding.decided", "finding.invoked", "finding.proposed", "finding.begun"];

    [Theory]
    [InlineData(StoreMode.Embedded)]
    [InlineData(StoreMode.Distributed)]
    public async Task Whenever_the_gateway_dies_a_finding_is_told_looked_into_and_proposed_once(StoreMode mode)
    {
        await ServerStore.UseAsync(mode, Data);
        await using var model = await StartModelAsync();
        // Each life dies one step further on the way of the same finding.
        foreach (var point in Killed) await DieAsync(model, point);

        await using var gateway = await StartAsync(model);
        using var chat = await OpenIncidentAsync(gateway);
        await chat.HearsAsync(Answer);
        var waiting = (await gateway.CallAsync("approvals_list", new { }))["result"]!.AsArray();

        Assert.Single(waiting);
        Assert.Single(model.Requests, r => ModelGateway.Turn(r).Results.Count == 0);
        var found = (await gateway.CallAsync("audit_list", new { user = "checks", outcome = "found" }))["result"]!.AsArray();
        Assert.Single(found);
    }

    private async Task DieAsync(ModelServer model, string point)
    {
        try
        {
            await using var dying = await StartAsync(model, point);
            await Until.TrueAsync(() => Task.FromResult(dying.HasExited), () => $"It did not die at {point}.\n{dying.Log}");
            Assert.Equal(128 + 9, dying.ExitCode);
        }
        catch (GatewayDidNotStartException e) when (e.ExitCode == 128 + 9)
        {
            // It died while it went on with what the life before had left.
        }
    }

    private static async Task<ModelServer> StartModelAsync()
    {
        var model = await ModelServer.StartAsync();
        model.Otherwise = asked => ModelGateway.Turn(asked).Results.Count == 0 ? ModelReply.Call("check_probe", """{"command_line":"uptime","on":"local"}""") : ModelReply.Say(Answer);
        return model;
    }

    private Task<GatewayProcess> StartAsync(ModelServer model, string? crashAt = null)
    {
        var workspace = Data + "-workspace";
        Directory.CreateDirectory(Path.Combine(workspace, "checks"));
        Directory.CreateDirectory(Path.Combine(workspace, "runbooks"));
        File.WriteAllText(Path.Combine(workspace, "checks", "a.yaml"), $"checks:\n  - {{ name: mark, kind: command, on: local, run: 'ls {Mark}', interval: 5s, retries: 0, recover: 1 }}\n");
        File.WriteAllText(Path.Combine(workspace, "runbooks", "mark-missing.md"), $$"""
            ---
            match: { checks: [mark] }
            trust: auto
            owner: owner
            ---
            # The mark is missing

            ```step undo: remove it
            run "touch {{Mark}}" --on {node}
            ```

            ```check expect: {{Mark}}
            run "ls {{Mark}}" --on {node}
            ```
            """);
        return ModelGateway.StartAsync(model, Data, crashAt);
    }

    // In the console an incident's thread is a conversation of its own; by the time that it is known, something may have been said there.
    private static async Task<Chat> OpenIncidentAsync(GatewayProcess gateway)
    {
        var conversation = "";
        await Until.TrueAsync(
            async () => (conversation = (string?)(await gateway.CallAsync("incident_list", new { }))["result"]!.AsArray().FirstOrDefault()?["conversation"] ?? "web/owner.checks") != "web/owner.checks",
            () => gateway.Log);
        return await Chat.OpenAsync(gateway, conversation[(conversation.LastIndexOf('.') + 1)..], recent: 50);
    }

    private static async Task StandsAsync(GatewayProcess gateway, string level) => await Until.TrueAsync(
        async () => (await gateway.CallAsync("check_list", new { }))["result"]!["states"]!.AsArray().Any(s => (string)s!["check"]! == "mark" && (string)s["level"]! == level), () => gateway.Log);

    private static async Task<JsonNode> NoteAsync(GatewayProcess gateway) => (await gateway.CallAsync("runbook_show", new { name = "mark-missing" }))["result"]!;
}
