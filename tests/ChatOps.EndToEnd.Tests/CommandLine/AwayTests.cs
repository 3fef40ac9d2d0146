using System.Text.Json.Nodes;
using ChatOps.EndToEnd.Agent;
using ChatOps.EndToEnd.Harness;

namespace ChatOps.EndToEnd.CommandLine;

/// <summary>What a command does that waits while its gateway is killed and started again.</summary>
public sealed class AwayTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("chat", "-m", "/access grant ben viewer")]
    [InlineData("access", "grant", "ben", "viewer")]
    public async Task A_command_that_waits_for_people_goes_on_when_the_gateway_is_killed_and_started_again(params string[] arguments)
    {
        Task<CommandResult> waiting;
        await using (var first = await GatewayProcess.StartAsync(folder.Data))
        {
            waiting = new Commands(folder.Data).RunAsync(arguments);
            await Until.TrueAsync(
                async () => waiting.IsCompleted || (await first.CallAsync("approvals_list", new { }))["result"] is JsonArray { Count: 1 },
                () => first.Log);
            Assert.False(waiting.IsCompleted);
            first.Kill();
            await first.WaitForExitAsync(Until.Limit);
        }

        // Its key and its port are others.
        await using var second = await GatewayProcess.StartAsync(folder.Data);
        Assert.True(await ModelGateway.ApproveAsync(second), second.Log);
        var result = await waiting;

        Assert.True(result.ExitCode == 0, $"{result}\n{second.Log}");
        Assert.Contains("ben", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gateway_that_was_never_there_is_not_waited_for()
    {
        using var gone = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        gone.Start();
        var address = $"http://{gone.LocalEndpoint}";
        gone.Stop();

        var result = await new Commands(folder.Data) { Environment = { ["CHATOPS_TOKEN"] = "x" } }.RunAsync("--gateway", address, "chat", "-m", "hello");

        Assert.Equal(69, result.ExitCode);
        Assert.Contains("cannot be reached", result.Errors, StringComparison.Ordinal);
    }
}
