using System.Diagnostics;
using ChatOps.Storage;
using ChatOps.Testing;
using ChatOps.Tests.Agent.Fakes;

namespace ChatOps.Tests.Agent.Turns;

public class StopTests
{
    private static ScriptedInvoker WithEndlessTool()
    {
        var gate = new ScriptedInvoker();
        gate.Tools["run"] = async (_, _, stopped) =>
        {
            await Task.Delay(Timeout.Infinite, stopped);
            throw new UnreachableException();
        };
        return gate;
    }

    [Fact]
    public async Task Stop_acts_at_once_while_a_tool_runs_and_says_what_it_stopped()
    {
        await using var gateway = await Gateway.StartAsync(WithEndlessTool());
        var (running, stop, asked) = ("", (InboxItem?)null, 0);
        var promised = TimeSpan.FromSeconds(1);
        var took = await Promptness.LeastAsync(promised, async () =>
        {
            running = await gateway.SayAsync("/run sleep 1000 --on local");
            asked++;
            await Gateway.UntilAsync(() => Task.FromResult(gateway.Gate.Ran.Count == asked));
            return async () => stop = await gateway.AskAsync("/stop");
        });
        Assert.InRange(took, TimeSpan.Zero, promised);

        Assert.Equal(["[Ok] Stopped: run."], await gateway.RepliesAsync(stop!.Id));
        var stopped = await gateway.EndAsync(running);
        Assert.Equal((InboxState.Cancelled, "stopped"), (stopped.State, stopped.Outcome));
        Assert.Equal(["[Failed] It was stopped."], await gateway.RepliesAsync(running));
        Assert.Equal(InboxState.Done, (await gateway.AskAsync("/nodes")).State);
    }

    [Fact]
    public async Task Stop_also_ends_what_was_asked_before_it_and_has_not_begun_but_nothing_after_it_and_nothing_elsewhere()
    {
        await using var gateway = await Gateway.StartAsync(WithEndlessTool(), change: o => o.DrainTime = TimeSpan.Zero);
        var elsewhere = await gateway.SayAsync("/run sleep 1000 --on local", "elsewhere");
        var running = await gateway.SayAsync("/run sleep 1000 --on local");
        await Gateway.UntilAsync(() => Task.FromResult(gateway.Gate.Ran.Count == 2));
        var queued = await gateway.SayAsync("/status");
        var stop = await gateway.AskAsync("/stop");
        var after = await gateway.AskAsync("/nodes");

        Assert.Equal("[Ok] Stopped: run. One message before it will not be begun.", Assert.Single(await gateway.RepliesAsync(stop.Id)));
        Assert.Equal(InboxState.Cancelled, (await gateway.EndAsync(running)).State);
        Assert.Equal((InboxState.Cancelled, "stopped before it began"), ((await gateway.EndAsync(queued)).State, (await gateway.EndAsync(queued)).Outcome));
        Assert.Equal(InboxState.Done, after.State);
        Assert.Equal(InboxState.Working, (await gateway.ReadAsync(s => s.Inbox.Find(elsewhere)))!.State);
        Assert.DoesNotContain(gateway.Gate.Ran, r => r.Tool == "status");
    }

    [Fact]
    public async Task A_stranger_cannot_stop()
    {
        await using var gateway = await Gateway.StartAsync(WithEndlessTool());
        var running = await gateway.SayAsync("/run sleep 1000 --on local");
        await Gateway.UntilAsync(() => Task.FromResult(gateway.Gate.Ran.Count == 1));
        var stop = await gateway.SayAsync("/stop", user: "stranger");
        var late = await gateway.SayAsync("/stop");
        await gateway.EndAsync(late);
        Assert.Equal(InboxState.Cancelled, (await gateway.EndAsync(running)).State);
        Assert.Equal("stopped before it began", (await gateway.EndAsync(stop)).Outcome);
    }

    [Fact]
    public async Task Two_stops_at_once_are_two_answers()
    {
        await using var gateway = await Gateway.StartAsync(WithEndlessTool());
        var running = await gateway.SayAsync("/run sleep 1000 --on local");
        await Gateway.UntilAsync(() => Task.FromResult(gateway.Gate.Ran.Count == 1));
        var stops = await Task.WhenAll(gateway.SayAsync("/stop"), gateway.SayAsync("/stop"));
        foreach (var stop in stops)
        {
            await gateway.EndAsync(stop);
            Assert.Single(await gateway.RepliesAsync(stop));
        }
        Assert.Equal(InboxState.Cancelled, (await gateway.EndAsync(running)).State);
        Assert.Single(await gateway.RepliesAsync(running));
    }

    [Fact]
    public async Task Stop_withdraws_what_waits_and_its_turn_ends_with_the_reason()
    {
        var gate = new ScriptedInvoker();
        gate.Tools["run"] = (request, _, _) => Task.FromResult(ScriptedInvoker.Waiting(request));
        await using var gateway = await Gateway.StartAsync(gate);
        var id = await gateway.SayAsync("/run reboot --on local");
        await gateway.UntilAsync(id, i => i.State == InboxState.Suspended);
        var stop = await gateway.AskAsync("/stop");
        Assert.Equal(["[Ok] Stopped: run."], await gateway.RepliesAsync(stop.Id));
    }
}
