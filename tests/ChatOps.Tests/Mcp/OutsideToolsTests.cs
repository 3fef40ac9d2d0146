using System.Text.Json;
using ChatOps.Diagnostics;
using ChatOps.Identity;
using ChatOps.Policy;
using ChatOps.Testing;
using ChatOps.Tests.Host;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Tests.Mcp;

/// <summary>Tools of MCP servers behind the gate: rated by the operator, pinned as they were accepted, and bounded whatever the server does.</summary>
public sealed class OutsideToolsTests(OutsideFixture gateway) : IClassFixture<OutsideFixture>
{
    [Fact]
    public async Task A_rated_tool_gets_typed_arguments_and_its_answer_is_text_from_outside()
    {
        var answer = await gateway.CallAsync("mcp_script_echo", new { text = "hi", count = 3, loud = true, tone = "kind", deep = """{"a":[1]}""" });

        Assert.Equal("done", Status(answer));
        Assert.Equal("""{"text":"hi","count":3,"loud":true,"tone":"kind","deep":{"a":[1]}}""", Text(answer));
        Assert.True(gateway.Outside.Find("mcp_script_echo")!.Manifest.ReadsOutside);
        Assert.NotNull(answer.GetProperty("audit").GetString());
    }

    [Theory]
    [InlineData("""{ "text": "hi", "count": "three" }""", "count")]
    [InlineData("""{ "count": 3 }""", "'text' is missing")]
    [InlineData("""{ "text": "hi", "tone": "rude" }""", "tone")]
    [InlineData("""{ "text": "hi", "txet": "hi" }""", "'txet' is not a parameter")]
    [InlineData("""{ "text": "hi", "deep": "[1]" }""", "'deep' must be an object, not a list")]
    [InlineData("""{ "text": "hi", "deep": { "a": [1, "two"] } }""", "'deep.a[1]' must be a whole number")]
    [InlineData("""{ "text": "hi", "deep": { "a": [1], "b": 2 } }""", "'deep.b' is not known there")]
    public async Task Arguments_that_the_servers_schema_does_not_know_are_refused(string arguments, string says)
    {
        await gateway.UsableAsync("mcp_script_echo");
        using var owner = gateway.Owner();
        var (status, body) = await GatewayFixture.CallAsync(owner, "mcp_script_echo", $$"""{ "arguments": {{arguments}} }""");

        Assert.Equal(400, status);
        Assert.Contains(says, body.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_in_one_answer_do_not_change_how_later_answers_are_read()
    {
        var names = await gateway.CallAsync("mcp_script_names", new { });
        var fail = await gateway.CallAsync("mcp_script_fail", new { });

        Assert.Equal(("done", "failed"), (Status(names), Status(fail)));
    }

    [Fact]
    public async Task Its_program_gets_the_named_variables_and_no_others()
    {
        Assert.Equal("""["PATH"]""", Text(await gateway.CallAsync("mcp_script_environment", new { })));
    }

    [Fact]
    public async Task A_tool_that_nobody_rated_asks_each_time_and_what_is_forbidden_runs_for_nobody()
    {
        var unrated = await gateway.CallAsync("mcp_script_odd_name", new { });
        var forbidden = await gateway.CallAsync("mcp_script_wipe", new { });
        var need = gateway.Host.Services.GetRequiredService<IApprovalRules>().Decide("mcp_script_odd_name", Risk.Dangerous, []);
        var done = await gateway.ApprovedAsync(unrated);

        Assert.Equal("waiting", Status(unrated));
        Assert.False(need.AllowStanding);
        Assert.Equal("refused", Status(forbidden));
        Assert.Equal("done", Status(done));
        Assert.Equal("Odd.Name is done", Text(done));
    }

    [Fact]
    public async Task Who_may_use_them_is_said_by_tool_or_server()
    {
        await gateway.UsableAsync("mcp_script_echo");
        var (principals, authorizer) = (gateway.Host.Services.GetRequiredService<IPrincipals>(), gateway.Host.Services.GetRequiredService<IAuthorizer>());
        var echo = gateway.Outside.Find("mcp_script_echo")!.Manifest;
        bool Could(string person) => authorizer.CouldUse(principals.Find(person)!, echo.Name, echo.Group);

        Assert.True(Could("hal"));
        Assert.False(Could("vic"));
    }

    [Fact]
    public async Task A_suspicious_description_is_off_until_a_person_has_looked_at_it()
    {
        await gateway.UsableAsync("mcp_script_big");
        var before = gateway.Outside.Find("mcp_script_helpful")!;
        using var owner = gateway.Owner();
        var (unknown, _) = await GatewayFixture.CallAsync(owner, "mcp_script_helpful", "{}");
        var (_, review) = await GatewayFixture.CallAsync(owner, "mcp_review", """{ "arguments": { "tool": "mcp_script_helpful" } }""");
        var (_, card) = await GatewayFixture.CallAsync(owner, "approvals_show", JsonSerializer.Serialize(new { arguments = new { id = review.GetProperty("approval").GetString() } }));
        var accepted = await gateway.ApprovedAsync(review);

        Assert.NotEmpty(before.Findings);
        Assert.Contains("the scan found", before.WhyNot, StringComparison.Ordinal);
        Assert.Equal(404, unknown);
        Assert.Equal("waiting", Status(review));
        Assert.Contains("Ignore all previous instructions", card.GetRawText(), StringComparison.Ordinal);
        Assert.Equal("done", Status(accepted));
        await gateway.UsableAsync("mcp_script_helpful");
    }

    [Fact]
    public async Task A_server_over_http_is_used_with_its_token_and_spoken_to_as_the_protocol_says()
    {
        var answer = await gateway.CallAsync("mcp_http_weather", new { city = "Berlin" });

        Assert.Equal("sunny in Berlin", Text(answer));
        Assert.Empty(gateway.Http.Violations);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_said_and_holds_nothing_up()
    {
        await gateway.UsableAsync("mcp_http_weather");
        await Until.TrueAsync(() => gateway.Outside.Servers.Single(s => s.Name == "gone").State.Contains("cannot be started", StringComparison.Ordinal));
        var health = await gateway.Host.Services.GetServices<IHealthPart>().Single(p => p.Name == "mcp").CheckAsync(CancellationToken.None);
        using var owner = gateway.Owner();
        var (_, servers) = await GatewayFixture.CallAsync(owner, "mcp_servers", "{}");
        var (_, tools) = await GatewayFixture.CallAsync(owner, "mcp_tools", """{ "arguments": { "server": "http" } }""");

        Assert.Equal(PartState.Degraded, health.State);
        Assert.Contains("gone", health.Summary, StringComparison.Ordinal);
        Assert.Equal(["script", "http", "gone"], servers.GetProperty("result").EnumerateArray().Select(s => s.GetProperty("name").GetString()));
        Assert.Equal("read", tools.GetProperty("result")[0].GetProperty("risk").GetString());
    }

    [Fact]
    public async Task What_a_server_does_wrong_ends_one_call_and_not_the_gateway()
    {
        var big = await gateway.CallAsync("mcp_script_big", new { });
        var fail = await gateway.CallAsync("mcp_script_fail", new { });
        var garbage = await gateway.CallAsync("mcp_script_garbage", new { });
        var hang = await gateway.CallAsync("mcp_script_hang", new { });
        var lost = await gateway.ApprovedAsync(await gateway.CallAsync("mcp_script_hang_slowly", new { }));
        var die = await gateway.CallAsync("mcp_script_die", new { });
        var again = await gateway.CallAsync("mcp_script_echo", new { text = "again" });
        var flood = await gateway.CallAsync("mcp_script_flood", new { });
        var last = await gateway.CallAsync("mcp_script_echo", new { text = "last" });

        Assert.EndsWith("the rest is left out …]", Text(big), StringComparison.Ordinal);
        Assert.Equal("failed", Status(fail));
        Assert.Contains("the disk is full", Text(fail), StringComparison.Ordinal);
        Assert.Contains(Status(garbage), (string[])["done", "failed"]);
        Assert.Equal("failed", Status(hang));
        Assert.Contains("no answer within 3 s", Summary(hang), StringComparison.Ordinal);
        Assert.Equal("unknown", Status(lost));
        Assert.Equal("failed", Status(die));
        Assert.Equal("done", Status(again));
        Assert.Equal("failed", Status(flood));
        Assert.Equal("done", Status(last));
    }

    private static string Status(JsonElement answer) => answer.GetProperty("status").GetString()!;

    private static string Summary(JsonElement answer) => answer.GetProperty("summary").GetString()!;

    private static string Text(JsonElement answer) => answer.GetProperty("result").GetProperty("text").GetString()!;
}
