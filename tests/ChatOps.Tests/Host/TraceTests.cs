using ChatOps.Approvals;
using ChatOps.Testing;
using ChatOps.Testing.Telemetry;

namespace ChatOps.Tests.Host;

/// <summary>Spans of the composed gateway, as a collector gets them. Other tests trace at the same time: everything is looked for by its message.</summary>
public sealed class TraceTests
{
    [Fact]
    public async Task One_trace_follows_a_message_from_its_channel_to_the_node_and_back_without_any_of_its_words()
    {
        await using var collector = await OtlpCollector.StartAsync();
        var word = Some.Unique("secret");
        var id = "";
        await using (var gateway = await StartAsync(collector.Endpoint, collector.Key))
        {
            id = await gateway.SayAsync($"/run echo {word} --on local");
            await gateway.UntilDeliveredAsync(id);
        }

        var trace = TraceOf(collector, id);
        var accept = trace.Single(s => s.Name == "accept");
        var turn = trace.Single(s => s.Name == "turn");
        var invoke = trace.Single(s => s.Name == "invoke");
        var execute = trace.Single(s => s.Name == "execute");
        Assert.Equal(("", accept.SpanId, turn.SpanId, invoke.SpanId), (accept.ParentId, turn.ParentId, invoke.ParentId, execute.ParentId));
        Assert.Contains(trace, s => s.Name == "deliver" && s.ParentId == accept.SpanId && s.Attributes["chatops.channel"] == "web");
        Assert.Equal(("run", "done", "owner"), (invoke.Attributes["chatops.tool"], invoke.Attributes["chatops.status"], invoke.Attributes["chatops.principal"]));
        Assert.Equal(("local", "Exited", "0"), (execute.Attributes["chatops.node"], execute.Attributes["chatops.execution.end"], execute.Attributes["chatops.execution.exit_code"]));
        Assert.DoesNotContain(word, collector.Raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_runs_after_a_decision_belongs_to_the_trace_of_the_message_that_asked_for_it()
    {
        await using var collector = await OtlpCollector.StartAsync();
        using var directory = new TempDirectory();
        var id = "";
        await using (var gateway = await StartAsync(collector.Endpoint, collector.Key))
        {
            id = await gateway.SayAsync($"/run touch {directory["made"]} --on local");
            await gateway.ApproveAsync();
            await Until.TrueAsync(() => File.Exists(directory["made"]));
            await gateway.UntilDeliveredAsync(id);
        }

        var trace = TraceOf(collector, id);
        Assert.Equal(["done", "waiting"], trace.Where(s => s.Name == "invoke").Select(s => s.Attributes["chatops.status"]).Order());
        var ran = trace.Single(s => s.Name == "invoke" && s.Attributes["chatops.status"] == "done");
        Assert.Equal(trace.Single(s => s.Name == "accept").SpanId, ran.ParentId);
        Assert.Equal(ran.SpanId, trace.Single(s => s.Name == "execute").ParentId);
    }

    [Fact]
    public async Task A_collector_that_is_away_costs_spans_and_never_an_answer()
    {
        await using var gateway = await StartAsync($"http://127.0.0.1:{LoopbackPort.Free()}", "none");
        await gateway.UntilDeliveredAsync(await gateway.SayAsync("/run echo here --on local"));
    }

    private static List<CollectedSpan> TraceOf(OtlpCollector collector, string message)
    {
        var spans = collector.Spans;
        var accept = spans.Single(s => s.Name == "accept" && s.Attributes.GetValueOrDefault("chatops.message.id") == message);
        return [.. spans.Where(s => s.TraceId == accept.TraceId)];
    }

    private static Task<TracedGateway> StartAsync(string endpoint, string key) => TracedGateway.StartAsync(options =>
    {
        options.Telemetry.Endpoint = endpoint;
        options.Telemetry.Headers = $"authorization=Bearer {key}";
        options.Approvals.FourEyes = FourEyes.Never;
    });
}
