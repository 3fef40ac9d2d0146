using System.Net;
using ChatOps.Fleet;
using ChatOps.Testing;
using ChatOps.Testing.Faults;
using ChatOps.Tests.Node;

namespace ChatOps.Tests.Fleet;

public sealed class SilenceTests
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(4);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_node_that_is_late_with_its_answer_is_asked_once_more_before_anybody_is_told_that_it_does_not_answer(bool answersThen)
    {
        await using var relay = await RelayHarness.StartAsync(Beat);
        await using var wire = new Wire(new IPEndPoint(IPAddress.Loopback, relay.Port));
        await relay.JoinedAsync("web-1", port: wire.Port);
        wire.State = WireState.Silent;
        var session = relay.Sessions.Find("web-1")!;
        await Until.TrueAsync(() => session.IsSilent(Beat));

        var asked = relay.Nodes.ExecuteAsync(RelayHarness.Read("web-1"), new Watcher(), CancellationToken.None);
        if (answersThen) wire.State = WireState.Whole;
        var end = await asked;

        Assert.Equal(answersThen ? ExecutionEnd.Exited : ExecutionEnd.Unreachable, end.End);
        if (!answersThen) Assert.Equal("web-1 did not answer the last heartbeat; nothing was started.", end.Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_asked_of_a_node_whose_line_has_just_broken_waits_a_moment_for_its_return(bool returns)
    {
        await using var relay = await RelayHarness.StartAsync(Beat);
        await using var wire = new Wire(new IPEndPoint(IPAddress.Loopback, relay.Port));
        await relay.JoinedAsync("web-1", port: wire.Port);
        await CutAsync(relay, wire);

        var asked = relay.Nodes.ExecuteAsync(RelayHarness.Read("web-1"), new Watcher(), CancellationToken.None);
        if (returns) wire.State = WireState.Whole;
        var end = await asked;

        Assert.Equal(returns ? ExecutionEnd.Exited : ExecutionEnd.Unreachable, end.End);
        if (!returns) Assert.StartsWith("web-1 is not connected (last seen ", end.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_waits_for_a_node_that_takes_no_work_or_for_longer_than_they_like()
    {
        await using var relay = await RelayHarness.StartAsync(TimeSpan.FromMinutes(2));
        await using var wire = new Wire(new IPEndPoint(IPAddress.Loopback, relay.Port));
        await relay.JoinedAsync("web-1", port: wire.Port);
        await CutAsync(relay, wire);
        using var stop = new CancellationTokenSource();

        var asked = relay.Nodes.ExecuteAsync(RelayHarness.Read("web-1"), new Watcher(), stop.Token);
        Assert.False(asked.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);

        await relay.Members.DrainAsync("web-1", CancellationToken.None);
        var drained = relay.Nodes.ExecuteAsync(RelayHarness.Read("web-1"), new Watcher(), CancellationToken.None);
        Assert.True(drained.IsCompleted);
        Assert.Equal(ExecutionEnd.Unreachable, (await drained).End);
    }

    private static async Task CutAsync(RelayHarness relay, Wire wire)
    {
        wire.State = WireState.Cut;
        wire.Break();
        await Until.TrueAsync(() => relay.State("web-1") == NodeState.Offline);
    }
}
