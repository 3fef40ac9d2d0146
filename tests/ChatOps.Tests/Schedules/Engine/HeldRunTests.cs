using ChatOps.Messages;
using ChatOps.Schedules;
using ChatOps.Storage;
using ChatOps.Tests.Storage;

namespace ChatOps.Tests.Schedules.Engine;

/// <summary>Prompts that the next tick cancels, and refusals that hold on.</summary>
public sealed class HeldRunTests
{
    [Fact]
    public async Task When_the_next_tick_cancels_a_prompt_that_is_being_answered_its_turn_is_stopped_and_one_that_has_not_begun_never_does()
    {
        await using var bench = await ScheduleBench.OpenAsync();
        using var engine = bench.Engine();
        var asked = new Queue<InboxState>([InboxState.Working, InboxState.Accepted, InboxState.Accepted]);
        bench.Work.Script = (run, _) => bench.Store.WriteAsync(
            session =>
            {
                session.Inbox.Add(Rows.Inbox(run.Id, ScheduleBench.Place));
                if (asked.TryDequeue(out var state) && state != InboxState.Accepted) session.Inbox.SetState(run.Id, state, null, null);
                return new ScheduledOutcome(ScheduledEnd.Waiting, "being answered") { WaitsFor = run.Id };
            },
            ScheduleBench.Now);
        await bench.AddAsync(ScheduleBench.Every("asks") with { Overlap = OverlapPolicy.Cancel });
        for (var i = 0; i < 3; i++)
        {
            bench.Time.Advance(TimeSpan.FromMinutes(5));
            await engine.SettleAsync();
        }

        var runs = await bench.RunsAsync();
        Assert.Equal([ScheduleRunState.Cancelled, ScheduleRunState.Cancelled, ScheduleRunState.Waiting], runs.Select(r => r.State));
        var items = await bench.Store.ReadAsync(s => runs.Select(r => s.Inbox.Find(r.Id)!.State).ToList(), ScheduleBench.Now);
        // What is being answered is told to stop, and ends by itself; what nobody had begun is over.
        Assert.Equal([InboxState.Working, InboxState.Cancelled, InboxState.Accepted], items);
        Assert.Equal(runs[0].Id, Assert.Single(bench.Bus.Of<TurnStopAsked>()).InboxId);
    }

    [Fact]
    public async Task What_holds_on_is_told_once_and_again_when_it_is_something_else()
    {
        await using var bench = await ScheduleBench.OpenAsync();
        using var engine = bench.Engine();
        var answers = new Queue<string>(["halt 1", "halt 1", "", "halt 1", "halt 2"]);
        bench.Work.Script = (_, _) => Task.FromResult(answers.Dequeue() is { Length: > 0 } why
            ? new ScheduledOutcome(ScheduledEnd.Refused, why) { Say = RichMessage.Text(why), SayOnce = true }
            : new ScheduledOutcome(ScheduledEnd.Quiet, "done"));
        await bench.AddAsync(ScheduleBench.Every("often"));
        for (var i = 0; i < 5; i++)
        {
            bench.Time.Advance(TimeSpan.FromMinutes(5));
            await engine.SettleAsync();
        }

        Assert.Equal(["halt 1", "halt 1", "halt 2"], bench.Said.Order());
        Assert.Equal(4, (await bench.RunsAsync()).Count(r => r.State == ScheduleRunState.Refused));
    }
}
