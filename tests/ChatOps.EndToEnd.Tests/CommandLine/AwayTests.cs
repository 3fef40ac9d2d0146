using System.Collections.Concurrent;
using System.Diagnostics;
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
        ConcurrentQueue<string> output = [], errors = [];
        await using var first = await GatewayProcess.StartAsync(folder.Data);
        using var command = new Commands(folder.Data).Open(arguments);
        Hear(command, output, errors);
        await Until.TrueAsync(async () => command.HasExited || await KnowsAsync(first, arguments, errors), () => $"{string.Join('\n', errors)}\n{first.Log}");
        Assert.False(command.HasExited, string.Join('\n', errors));
        first.Kill();
        await first.WaitForExitAsync(Until.Limit);

        // Its key and its port are others.
        await using var second = await GatewayProcess.StartAsync(folder.Data);
        Assert.True(await ModelGateway.ApproveAsync(second), second.Log);
        await command.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Until.Limit, TestContext.Current.CancellationToken);

        Assert.True(command.ExitCode == 0, $"{command.ExitCode}\n{string.Join('\n', errors)}\n{second.Log}");
        Assert.Contains(output, line => line.Contains("ben", StringComparison.Ordinal));
    }

    // A call whose answer is lost is not made again, so it has to have it: then it says what to do. What is said in a conversation may be said again.
    private static async Task<bool> KnowsAsync(GatewayProcess gateway, string[] arguments, ConcurrentQueue<string> errors) =>
        (await gateway.CallAsync("approvals_list", new { }))["result"] is JsonArray { Count: 1 }
        && (arguments[0] == "chat" || errors.Any(line => line.Contains("chatops approvals approve", StringComparison.Ordinal)));

    private static void Hear(Process command, ConcurrentQueue<string> output, ConcurrentQueue<string> errors)
    {
        command.OutputDataReceived += (_, e) => output.Enqueue(e.Data ?? "");
        command.ErrorDataReceived += (_, e) => errors.Enqueue(e.Data ?? "");
        command.BeginOutputReadLine();
        command.BeginErrorReadLine();
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
