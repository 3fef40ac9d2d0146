using System.Net;
using System.Text.Json.Nodes;
using ChatOps.EndToEnd.Harness;
using ChatOps.EndToEnd.Mcp;

namespace ChatOps.EndToEnd.Http;

/// <summary>What becomes of a person's calls over the limit, seen through a real gateway by programs of its own.</summary>
public class CallLimitTests
{
    // One a minute: however slow the machine is, the second is one too many.
    private static readonly Dictionary<string, string> One = new() { ["CHATOPS__Gateway__CallsPerMinute"] = "1" };

    [Fact]
    public async Task Over_HTTP_and_on_the_command_line_it_is_refused_with_when_to_come_again_while_halting_and_deciding_go_on()
    {
        using var folder = new TempFolder();
        await using var gateway = await GatewayProcess.StartAsync(folder.Data, environment: One);
        var waiting = await gateway.CallAsync("run", new { command_line = $"touch {folder.In("made")}", on = "local" });
        using var over = await gateway.Client.PostAsJsonAsync("/api/tools/run", new { arguments = new { command_line = $"touch {folder.In("not-made")}", on = "local" } });
        var problem = JsonNode.Parse(await over.Content.ReadAsStringAsync())!;
        var typed = await new Commands(folder.Data).RunAsync("nodes");

        Assert.Equal("waiting", (string?)waiting["status"]);
        Assert.Equal(HttpStatusCode.TooManyRequests, over.StatusCode);
        Assert.InRange(over.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 30);
        Assert.Equal("too_many_calls", (string?)problem["code"]);
        Assert.Contains("More than 1 calls came from you within a minute (Gateway:CallsPerMinute)", (string)problem["message"]!, StringComparison.Ordinal);
        Assert.Equal(1, typed.ExitCode);
        Assert.Contains("More than 1 calls came from you", typed.Errors, StringComparison.Ordinal);

        Assert.Equal("done", (string?)(await gateway.CallAsync("halt_status", new { }))["status"]);
        Assert.Equal("done", (string?)(await gateway.CallAsync("approvals_approve", new { id = (string)waiting["approval"]! }))["status"]);
        await Until.TrueAsync(() => Task.FromResult(File.Exists(folder.In("made"))), () => $"What was decided did not run.\n{gateway.Log}");
        Assert.Contains("chatops_calls_limited_total{limit=\"person\"", await gateway.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative)), StringComparison.Ordinal);
        Assert.False(File.Exists(folder.In("not-made")));
    }

    [Fact]
    public async Task To_an_MCP_client_it_is_an_error_in_words_and_it_may_look_at_what_it_began()
    {
        using var folder = new TempFolder();
        await using var gateway = await GatewayProcess.StartAsync(folder.Data, environment: One);
        await using var client = await SdkClient.StdioAsync("--data", folder.Data, "mcp", "--no-wait");
        var first = await client.CallAsync("run", new { command_line = "echo hello", on = "local" });
        var over = (await client.CallAsync("run", new { command_line = $"touch {folder.In("not-made")}", on = "local" }))["result"]!;
        var look = await client.CallAsync("invocation", new { id = (string)first["result"]!["structuredContent"]!["invocation"]! });

        Assert.True((bool)over["isError"]!);
        Assert.Contains("More than 1 calls came from you within a minute (Gateway:CallsPerMinute), so this one was not taken, and nothing of it ran.", (string)over["content"]![0]!["text"]!, StringComparison.Ordinal);
        Assert.Equal("done", (string?)look["result"]!["structuredContent"]!["status"]);
        Assert.False(File.Exists(folder.In("not-made")));
    }
}
