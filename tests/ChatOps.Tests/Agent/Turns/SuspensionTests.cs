using ChatOps.Messages;
using ChatOps.Storage;
using ChatOps.Tests.Agent.Fakes;
using ChatOps.Tools;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Tests.Agent.Turns;

public class SuspensionTests
{
    private static ScriptedInvoker Asking()
    {
        var gate = new ScriptedInvoker();
        gate.Tools["run"] = (request, _, _) => Task.FromResult(ScriptedInvoker.Waiting(request));
        return gate;
    }

    private static InvocationOutcome Denied(string inboxId) =>
        new(inboxId + "-1", InvocationStatus.Refused, "Ben denied it: not now.", Failure: FailureCode.ApprovalDenied);

    private static async Task<string> SuspendAsync(Gateway gateway)
    {
        var id = await gateway.SayAsync("/run reboot --on local");
        var item = await gateway.UntilAsync(id, i => i.State == InboxState.Suspended);
        Assert.Equal(id + "-1", item.WaitsFor);
        Assert.Empty(await gateway.RepliesAsync(id));
        return id;
    }

    [Fact]
    public async Task A_turn_that_waits_holds_nothing_and_the_conversation_goes_on()
    {
        await using var gateway = await Gateway.StartAsync(Asking());
        var id = await SuspendAsync(gateway);
        Assert.Equal(InboxState.Done, (await gateway.AskAsync("/status")).State);
        Assert.Equal(InboxState.Suspended, (await gateway.ReadAsync(s => s.Inbox.Find(id)))!.State);
    }

    [Fact]
    public async Task A_denial_is_told_to_the_requester_with_its_reason()
    {
        await using var gateway = await Gateway.StartAsync(Asking());
        var id = await SuspendAsync(gateway);
        gateway.Gate.Settle(Denied(id));
        await gateway.WriteAsync(s => s.PublishAfterCommit(new InvocationFinished(id + "-1")));
        Assert.Equal("refused", (await gateway.EndAsync(id)).Outcome);
        Assert.Equal(["[Refused] Ben denied it: not now. Nothing ran. Send the command again to ask anew."], await gateway.RepliesAsync(id));
    }

    [Fact]
    public async Task What_ran_after_approval_is_on_the_card_and_not_said_again()
    {
        await using var gateway = await Gateway.StartAsync(Asking());
        var id = await SuspendAsync(gateway);
        gateway.Gate.Settle(new(id + "-1", InvocationStatus.Done, "Restarted."));
        await gateway.WriteAsync(s => s.PublishAfterCommit(new InvocationFinished(id + "-1")));
        Assert.Equal("done", (await gateway.EndAsync(id)).Outcome);
        Assert.Empty(await gateway.RepliesAsync(id));
    }

    [Fact]
    public async Task A_suspended_turn_ends_after_a_restart_although_nobody_heard_the_event()
    {
        var gate = Asking();
        var directory = Directory.CreateTempSubdirectory("chatops-agent-").FullName;
        try
        {
            string id;
            await using (var first = await Gateway.StartAsync(gate, directory)) id = await SuspendAsync(first);
            gate.Settle(Denied(id));
            await using var second = await Gateway.StartAsync(gate, directory);
            Assert.Equal("refused", (await second.EndAsync(id)).Outcome);
            Assert.Single(await second.RepliesAsync(id));
            Assert.Single(gate.Ran);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public async Task Events_and_sweeps_that_come_often_say_it_once()
    {
        await using var gateway = await Gateway.StartAsync(Asking());
        var id = await SuspendAsync(gateway);
        gateway.Gate.Settle(Denied(id));
        var handler = gateway.Services.GetServices<IMessageHandler<InvocationFinished>>().Single();
        var sweep = gateway.Services.GetServices<IRecoverySweep>().Single(s => s.Name == "turns");
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            i % 2 == 0 ? handler.HandleAsync(new InvocationFinished(id + "-1"), CancellationToken.None) : sweep.SweepAsync(false, CancellationToken.None)));
        await gateway.EndAsync(id);
        Assert.Single(await gateway.RepliesAsync(id));
    }

    [Fact]
    public async Task A_decision_that_comes_before_the_turn_lies_down_ends_it_at_once()
    {
        var gate = new ScriptedInvoker();
        await using var gateway = await Gateway.StartAsync(gate);
        gate.Tools["run"] = async (request, _, _) =>
        {
            // The gate's row is settled already when the turn hears "waiting".
            var denied = Denied(request.InboxId!);
            await gateway.WriteAsync(s => s.Invocations.Add(new InvocationRow(
                request.Id, null, "run", "{}", "h", [], "ana", "test:ana", "test/ops", request.InboxId, "chat", InvocationStatus.Refused, "7F3K2M", null, null,
                Json.Write(denied), DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch)));
            return ScriptedInvoker.Waiting(request);
        };
        var item = await gateway.AskAsync("/run reboot --on local");
        Assert.Equal("refused", item.Outcome);
        Assert.Single(await gateway.RepliesAsync(item.Id));
    }
}
