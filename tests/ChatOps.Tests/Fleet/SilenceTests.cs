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
}
