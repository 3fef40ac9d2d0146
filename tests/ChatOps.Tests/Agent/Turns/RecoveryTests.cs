using ChatOps.Agent.Turns;
using ChatOps.Identity;
using ChatOps.Messages;
using ChatOps.Storage;
using ChatOps.Tests.Agent.Fakes;
using ChatOps.Tools;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Tests.Agent.Turns;

/// <summary>What a dead process left behind, and processes that end in the middle.</summary>
public class RecoveryTests
{
    private static readonly DateTimeOffset LongAgo = DateTimeOffset.UnixEpoch;

    private static InboxItem Left(string text) =>
        new("00000000000000000000000001", "test:left", "test/ops", new Actor("test", "", "ana"), InboundKind.Text, text, LongAgo);

    // As a process leaves it that was killed while the turn ran: working, leased for long, a working message posted.
    private static Task LeaveAsync(Gateway gateway, InboxItem item, bool working, int attempts = 1) => gateway.WriteAsync(s =>
    {
        s.Conversations.Touch(item.ConversationId, null, "Ops", LongAgo);
        s.Inbox.Add(item);
        for (var i = 0; i < attempts; i++) s.Inbox.SetState(item.Id, InboxState.Working, null, null);
        Assert.NotNull(s.Conversations.TryLease(item.ConversationId, "dead", LongAgo, DateTimeOffset.MaxValue.AddYears(-7000)));
        if (working)
        {
            s.Outbox.AddMessage(new StoredMessage("00000000000000000000000002", item.ConversationId, item.Id,
                new RichMessage([new CardBlock("7F3K2M", "a card", "pending", ChatOps.Policy.Risk.Change)]), null, LongAgo, LongAgo));
            s.Outbox.AddMessage(new StoredMessage("00000000000000000000000003", item.ConversationId, item.Id, RichMessage.Text("Running"), "p", LongAgo, LongAgo));
        }
    });

    [Fact]
    public async Task After_a_crash_the_same_invocation_is_asked_about_and_its_message_is_edited_to_the_end()
    {
        var gate = new ScriptedInvoker();
        await using var gateway = await Gateway.StartAsync(gate, start: false);
        var item = Left("/run systemctl restart cron --on local");
        await LeaveAsync(gateway, item, working: true);
        gate.Settle(new(item.Id + "-1", InvocationStatus.Unknown, "The gateway stopped after this was started.", Failure: FailureCode.Interrupted));
        await gateway.StartAsync();

        var ended = await gateway.EndAsync(item.Id);
        Assert.Equal((InboxState.Done, "unknown", 2), (ended.State, ended.Outcome, ended.Attempts));
        Assert.Empty(gate.Ran);
        var replies = await gateway.ReadAsync(s => s.Outbox.RepliesTo(item.Id));
        Assert.Equal(2, replies.Count);
        Assert.Equal("[Unknown] The gateway stopped after this was started.", Gateway.Text(replies[1].Content));
    }

    [Fact]
    public async Task A_turn_that_had_not_reached_the_gate_runs_once_after_the_crash()
    {
        await using var gateway = await Gateway.StartAsync(start: false);
        var item = Left("/status");
        await LeaveAsync(gateway, item, working: false);
        await gateway.StartAsync();
        await gateway.EndAsync(item.Id);
        Assert.Equal(item.Id + "-1", Assert.Single(gateway.Gate.Ran).Id);
        Assert.Single(await gateway.RepliesAsync(item.Id));
    }

    [Fact]
    public async Task A_message_that_killed_the_process_five_times_is_parked()
    {
        await using var gateway = await Gateway.StartAsync(start: false);
        var item = Left("/status");
        await LeaveAsync(gateway, item, working: false, attempts: 5);
        await gateway.StartAsync();
        Assert.Equal(InboxState.Failed, (await gateway.EndAsync(item.Id)).State);
        Assert.Empty(gateway.Gate.Ran);
        Assert.Single(await gateway.RepliesAsync(item.Id));
    }

    [Fact]
    public async Task A_message_that_is_parked_still_tells_how_what_it_started_ended()
    {
        await using var gateway = await Gateway.StartAsync(start: false);
        var item = Left("/run reboot --on local");
        await LeaveAsync(gateway, item, working: false, attempts: 5);
        var outcome = new InvocationOutcome(item.Id + "-1", InvocationStatus.Unknown, "It is not repeated by itself.", Failure: FailureCode.Interrupted);
        await gateway.WriteAsync(s => _ = s.Invocations.Add(new InvocationRow(
            outcome.InvocationId, null, "run", "{}", "hash", ["local"], "ana", "test:ana", item.ConversationId, item.Id, "chat", InvocationStatus.Unknown, null, null, null,
            Json.Write(outcome), DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch)));

        await gateway.StartAsync();

        Assert.Equal(InboxState.Failed, (await gateway.EndAsync(item.Id)).State);
        Assert.Equal(["[Unknown] It is not repeated by itself."], await gateway.RepliesAsync(item.Id));
    }

    [Fact]
    public async Task A_turn_whose_lease_was_taken_writes_nothing()
    {
        var gate = new ScriptedInvoker();
        await using var gateway = await Gateway.StartAsync(gate, change: o => o.LeaseDuration = TimeSpan.FromMilliseconds(400));
        gate.Tools["run"] = async (request, _, _) =>
        {
            // Another process takes the conversation over while this one is stopped for long.
            await gateway.WriteAsync(s =>
            {
                s.Conversations.ReleaseOthers("other");
                s.Conversations.TryLease("test/ops", "other", DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue.AddYears(-7000));
            });
            return ScriptedInvoker.Done(request, "too late");
        };
        var id = await gateway.SayAsync("/run x --on local");
        await Gateway.UntilAsync(() => Task.FromResult(gate.Ran.Count == 1));
        await Gateway.UntilAsync(async () => (await gateway.Services.GetServices<ChatOps.Diagnostics.IHealthPart>().Single(p => p.Name == "turns")
            .CheckAsync(CancellationToken.None)).Facts["running"] == "0");
        Assert.Empty(await gateway.RepliesAsync(id));
        Assert.Equal(InboxState.Working, (await gateway.ReadAsync(s => s.Inbox.Find(id)))!.State);

        await gateway.WriteAsync(s => s.Conversations.ReleaseOthers("nobody"));
        await gateway.EndAsync(id);
        Assert.Single(gate.Ran);
        Assert.Equal(["too late"], await gateway.RepliesAsync(id));
    }

    [Fact]
    public async Task At_shutdown_a_running_turn_may_end_and_no_other_begins()
    {
        var gate = new ScriptedInvoker();
        var go = new TaskCompletionSource();
        gate.Tools["run"] = async (request, _, _) =>
        {
            await go.Task.WaitAsync(Gateway.Limit, CancellationToken.None);
            return ScriptedInvoker.Done(request);
        };
        await using var gateway = await Gateway.StartAsync(gate);
        var first = await gateway.SayAsync("/run a --on local");
        await Gateway.UntilAsync(() => Task.FromResult(gate.Ran.Count == 1));
        var second = await gateway.SayAsync("/run b --on local");
        var stopping = gateway.StopAsync();
        // What was registered later is stopped before it.
        await Gateway.UntilAsync(() => Task.FromResult(gateway.Services.GetRequiredService<TurnScheduler>().IsDraining));
        go.SetResult();
        await stopping.WaitAsync(Gateway.Limit, CancellationToken.None);

        Assert.Equal(InboxState.Done, (await gateway.ReadAsync(s => s.Inbox.Find(first)))!.State);
        Assert.Equal(InboxState.Accepted, (await gateway.ReadAsync(s => s.Inbox.Find(second)))!.State);
        Assert.Single(gate.Ran);
    }

    [Fact]
    public async Task At_shutdown_a_turn_that_does_not_end_is_cancelled_and_its_end_is_said_after_the_restart()
    {
        var gate = new ScriptedInvoker();
        gate.Tools["run"] = async (request, _, stopped) =>
        {
            await Task.Delay(Timeout.Infinite, stopped);
            return ScriptedInvoker.Done(request);
        };
        var directory = Directory.CreateTempSubdirectory("chatops-agent-").FullName;
        try
        {
            string id;
            await using (var first = await Gateway.StartAsync(gate, directory, o => o.DrainTime = TimeSpan.FromMilliseconds(50)))
            {
                id = await first.SayAsync("/run a --on local");
                await Gateway.UntilAsync(() => Task.FromResult(gate.Ran.Count == 1));
                await first.StopAsync().WaitAsync(Gateway.Limit, CancellationToken.None);
            }
            await using var second = await Gateway.StartAsync(gate, directory);
            Assert.Equal("failed", (await second.EndAsync(id)).Outcome);
            Assert.Equal(["[Failed] It was stopped."], await second.RepliesAsync(id));
            Assert.Single(gate.Ran);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
