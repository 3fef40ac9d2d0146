using System.Text.Json.Nodes;
using ChatOps.EndToEnd.Harness;
using ChatOps.EndToEnd.Http;
using ChatOps.Testing;

namespace ChatOps.EndToEnd.Fleet;

/// <summary>A fan-out whose gateway is killed: its message goes on, and a stop that was accepted holds.</summary>
public sealed class JobKillTests : IDisposable
{
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(90);
    private readonly TempFolder folder = new();
    private readonly string urls = $"http://127.0.0.1:{LoopbackPort.Free()}";

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_same_message_goes_on_after_a_kill_and_the_job_can_still_be_stopped_from_its_conversation()
    {
        await using var gateway = await StartAsync();
        await using var one = await JoinAsync(gateway, "web-1");
        await using var two = await JoinAsync(gateway, "web-2");
        using var chat = await Chat.OpenAsync(gateway, "ops");
        await chat.SayAsync("/run sleep 300 --on web-* --timeout 10m");
        await chat.HearsAsync("2 running");
        await chat.HearsAsync("\"label\":\"Stop\"");
        var (message, job) = Live(chat);
        gateway.Kill();
        await gateway.WaitForExitAsync(EndLimit);

        await using var next = await StartAsync();
        using var again = await Chat.OpenAsync(next, "ops");
        // Of a node that is not back yet nobody could say that the stop has reached it.
        await next.OnlineAsync(one, "web-1");
        await next.OnlineAsync(two, "web-2");
        // The new process has found both executions and shows them in the message that the old one posted.
        await again.HearsAsync("2 running");
        Assert.Equal((message, job), Live(again));
        await again.SayAsync($"/job stop {job}");
        await again.HearsAsync("Stopping: Run sleep 300 on 2 nodes");
        var outcome = await next.EndOfAsync(job);
        Assert.StartsWith("Stopped by", (string)outcome["summary"]!, StringComparison.Ordinal);
        Assert.Equal(["cancelled", "cancelled"], outcome["result"]!["nodes"]!.AsArray().Select(n => (string)n!["end"]!));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stop_that_was_accepted_holds_although_the_gateway_dies_before_it_acts_on_it(bool said)
    {
        await using var gateway = await StartAsync("gate.stopping");
        await using var one = await JoinAsync(gateway, "web-1");
        await using var two = await JoinAsync(gateway, "web-2");
        using var chat = await Chat.OpenAsync(gateway, "ops");
        await chat.SayAsync("/run sleep 300 --on web-* --parallel 1 --timeout 10m");
        await chat.HearsAsync("1 running");
        var job = Live(chat).Job;
        await IgnoringTheEndAsync(said ? chat.SayAsync("/stop") : gateway.CallAsync("job_stop", new { id = job }));
        await gateway.WaitForExitAsync(EndLimit);

        await using var next = await StartAsync();
        var outcome = await next.EndOfAsync(job);
        Assert.StartsWith("Stopped by", (string)outcome["summary"]!, StringComparison.Ordinal);
        Assert.Equal(["cancelled", "notStarted"], outcome["result"]!["nodes"]!.AsArray().Select(n => (string)n!["end"]!));
    }

    /// <summary>The live message of a job: its id, and the job that its page is about.</summary>
    private static (string Message, string Job) Live(Chat chat)
    {
        var line = chat.Heard.Split('\n').Select(l => JsonNode.Parse(l)!).Last(l => l.ToJsonString().Contains("/jobs/", StringComparison.Ordinal));
        var path = line["message"]!["blocks"]!.AsArray().Select(b => (string?)b!["path"]).Last(p => p is not null)!;
        return ((string)line["id"]!, path["/jobs/".Length..]);
    }

    private static async Task IgnoringTheEndAsync(Task asked)
    {
        try
        {
            await asked;
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            // It died while it answered.
        }
    }

    private Task<GatewayProcess> StartAsync(string? crashAt = null) => GatewayProcess.StartAsync(
        folder.In("gateway"), null, crashAt is null ? null : new Dictionary<string, string> { ["CHATOPS_CRASH_AT"] = crashAt }, "--urls", urls);

    private async Task<DaemonProcess> JoinAsync(GatewayProcess gateway, string name)
    {
        var daemon = DaemonProcess.Start(gateway.Address, name, folder.In(name), await gateway.TokenAsync());
        await gateway.OnlineAsync(daemon, name);
        return daemon;
    }
}
