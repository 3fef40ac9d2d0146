using System.Net;
using ChatOps.Limits;
using ChatOps.Tests.Mcp;

namespace ChatOps.Tests.Host;

/// <summary>How a call over the limit is answered over each way in, by the composed gateway.</summary>
public sealed class CallLimitAnswerTests : IAsyncLifetime
{
    private readonly GatewayFixture gateway = new(options => options.Gateway.CallsPerMinute = 1);

    public async ValueTask InitializeAsync()
    {
        await gateway.InitializeAsync();
        using var owner = gateway.Owner();
        // One a minute, so that however slow the machine is, the next are too many.
        for (var i = 0; i < 2; i++) await GatewayFixture.CallAsync(owner, "nodes", "{}");
    }

    public ValueTask DisposeAsync() => gateway.DisposeAsync();

    [Theory]
    [InlineData("POST", "/api/tools/nodes")]
    [InlineData("GET", "/api/audit/export?since=1h")]
    [InlineData("POST", "/api/uploads")]
    public async Task Over_HTTP_it_is_429_with_when_to_come_again_and_what_to_do(string method, string address)
    {
        using var owner = gateway.Owner();
        using var request = new HttpRequestMessage(new HttpMethod(method), address) { Content = method == "POST" ? new StringContent("{}", System.Text.Encoding.UTF8, "application/json") : null };
        using var answer = await owner.SendAsync(request);
        var problem = await GatewayFixture.ReadAsync(answer);

        Assert.Equal((HttpStatusCode.TooManyRequests, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), Allowance.Pause);
        Assert.Equal("too_many_calls", problem.GetProperty("code").GetString());
        Assert.Contains("nothing of it ran", problem.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains("call again then", problem.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_lines_the_last_one_has_the_status_and_when_to_come_again()
    {
        using var owner = gateway.Owner();
        using var answer = await owner.PostAsync("/api/tools/nodes?stream=true", new StringContent("{}", System.Text.Encoding.UTF8, "application/json"));
        var line = await GatewayFixture.ReadAsync(answer);

        Assert.Equal(429, line.GetProperty("httpStatus").GetInt32());
        Assert.Equal("tooManyCalls", line.GetProperty("outcome").GetProperty("failure").GetString());
        Assert.InRange(line.GetProperty("outcome").GetProperty("retryAfter").GetInt32(), 1, (int)Allowance.Pause.TotalSeconds);
    }

    [Fact]
    public async Task To_an_MCP_client_it_is_a_tools_error_in_words_and_looking_is_not_counted()
    {
        using var session = await McpClientSession.BeginAsync(gateway.Owner());
        var answer = await session.CallAsync("nodes", new { });
        var stop = await session.CallAsync("halt_status", new { });

        Assert.True((bool)answer["isError"]!);
        Assert.Contains("refused, nothing ran. Rule: Gateway:CallsPerMinute. More than 1 calls came from you", (string)answer["content"]![0]!["text"]!, StringComparison.Ordinal);
        Assert.InRange((int)answer["structuredContent"]!["retryAfter"]!, 1, (int)Allowance.Pause.TotalSeconds);
        Assert.Equal("done", (string?)stop["structuredContent"]!["status"]);
    }

    [Fact]
    public async Task Asking_what_became_of_a_call_is_never_counted()
    {
        using var owner = gateway.Owner();
        using var list = await owner.GetAsync("/api/tools");
        using var known = await owner.GetAsync("/api/invocations/01K");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (list.StatusCode, known.StatusCode));
    }
}
