using System.Text.Json.Nodes;
using ChatOps.EndToEnd.Agent;
using ChatOps.EndToEnd.Harness;
using ChatOps.EndToEnd.Http;
using ChatOps.Testing.Models;

namespace ChatOps.EndToEnd.Mcp;

/// <summary>Servers of somebody else's, used by real gateways: one on the protocol's own SDK, and one that is another installation of this program.</summary>
public sealed class OutsideServerTests : IDisposable
{
    private const string Policy = """
        mcp:
          - { tools: [mcp_shop_stock, mcp_shop_move, mcp_other_nodes], risk: read }
          - { tools: mcp_shop_order, risk: change }
        """;

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_models_calls_of_a_server_are_checked_asked_and_answered_and_doctor_says_what_is_to_be_done()
    {
        await using var model = await ModelServer.StartAsync(
            ModelReply.Call("mcp_shop_order", """{"lines":[{"article":"Long Pipe","pieces":0}]}"""),
            ModelReply.Call("mcp_shop_stock", """{"articles":["long-pipe"]}"""),
            ModelReply.Call("mcp_shop_order", """{"lines":[{"article":"long-pipe","pieces":2}]}"""),
            ModelReply.Say("Two are on their way."));
        await using var gateway = await StartAsync(model, "shop", $"node '{await SdkClient.ServerAsync()}'");
        var doctor = new Commands(folder.Data, folder.Data + "-workspace") { Environment = { ["CHATOPS__Mcp__Servers__0__Name"] = "shop", ["CHATOPS__Mcp__Servers__0__Command"] = "node server.mjs" } };
        await ConnectedAsync(gateway, "shop");
        using var chat = await Chat.OpenAsync(gateway, "ops");

        await chat.SayAsync("Order two long pipes");
        await Until.TrueAsync(() => ModelGateway.ApproveAsync(gateway), () => $"{chat.Heard}\n{gateway.Log}");
        await chat.HearsAsync("Two are on their way.");

        var told = ModelGateway.Turn(model.Requests[3]).Results.Select(r => r.Replace("\\u0027", "'", StringComparison.Ordinal)).ToList();
        Assert.Contains("'lines[0].article' must match", told[0], StringComparison.Ordinal);
        Assert.Contains("'lines[0].pieces' must be at least 1", told[0], StringComparison.Ordinal);
        Assert.Contains("long-pipe: 7 pieces", told[1], StringComparison.Ordinal);
        Assert.Contains("ordered: 2 of long-pipe", told[2], StringComparison.Ordinal);
        Assert.Empty(model.Violations);
        Assert.Contains("mcp.shop.connected", (await doctor.RunAsync("doctor")).Output, StringComparison.Ordinal);

        await gateway.CallAsync("mcp_shop_move", new { });
        string said = "";
        await Until.TrueAsync(async () => (said = (await doctor.RunAsync("doctor")).Output).Contains("mcp.shop.tools-off", StringComparison.Ordinal), () => said);
        Assert.Contains("its definition has changed", said, StringComparison.Ordinal);
        Assert.Equal("done", (string)(await gateway.CallApprovedAsync("mcp_review", new { tool = "mcp_shop_order" }))["status"]!);
        Assert.DoesNotContain("mcp.shop.tools-off", (await doctor.RunAsync("doctor")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_installation_is_used_through_both_gates()
    {
        await using var model = await ModelServer.StartAsync();
        await using var gateway = await StartAsync(model, "other", $"'{ChatOpsExecutable.File}' --data '{folder.In("elsewhere")}' mcp --no-wait");
        await ConnectedAsync(gateway, "other");
        var nodes = await gateway.CallAsync("mcp_other_nodes", new { });
        var made = folder.In("made");
        var asked = await gateway.CallAsync("mcp_other_run", new { command_line = $"touch {made}", on = "local" });
        Assert.Equal("waiting", (string)asked["status"]!);

        // What is allowed here asks there again: whoever may use a server has no more than the server gives.
        await gateway.CallAsync("approvals_approve", new { id = (string)asked["approval"]! });
        var there = new Commands(folder.In("elsewhere"));
        string waiting = "";
        await Until.TrueAsync(async () => (waiting = (await there.RunAsync("approvals", "list")).Output).Contains(made, StringComparison.Ordinal), () => $"{waiting}\n{gateway.Log}");
        Assert.False(File.Exists(made));
        Assert.Contains("local", nodes["result"]!.ToJsonString(), StringComparison.Ordinal);
    }

    private Task<GatewayProcess> StartAsync(ModelServer model, string name, string command)
    {
        Directory.CreateDirectory(folder.Data + "-workspace");
        File.WriteAllText(Path.Combine(folder.Data + "-workspace", "policy.yaml"), Policy);
        return ModelGateway.StartAsync(model, folder.Data, more: new Dictionary<string, string>
        {
            ["CHATOPS__Mcp__Servers__0__Name"] = name, ["CHATOPS__Mcp__Servers__0__Command"] = command, ["CHATOPS__Mcp__Servers__0__Environment"] = "PATH,HOME,DOTNET_ROOT",
        });
    }

    private static async Task ConnectedAsync(GatewayProcess gateway, string name)
    {
        JsonNode? server = null;
        await Until.TrueAsync(
            async () => (bool?)(server = (await gateway.CallAsync("mcp_servers", new { }))["result"]!.AsArray().Single(s => (string)s!["name"]! == name))!["connected"] == true,
            () => $"{server?.ToJsonString()}\n{gateway.Log}");
    }
}
