using ChatOps.Agent.Commands;
using ChatOps.Messages;
using ChatOps.Scheduling.Work;
using ChatOps.Schedules;
using ChatOps.Tests.Agent.Fakes;
using ChatOps.Tools;

namespace ChatOps.Tests.Schedules.Work;

/// <summary>A command at its time: one invocation, as the owner, through the gate.</summary>
public sealed class CommandWorkTests
{
    private static readonly ScheduledRun Run = new("nodes@20260302T090500000Z", "nodes", new DateTimeOffset(2026, 3, 2, 9, 5, 0, TimeSpan.Zero), "ana", "/nodes", ScheduleBench.Place);

    private readonly ScriptedInvoker gate = new();
    private readonly People people = new();

    private CommandWork Work => new(gate, new CommandReader(new ChatCommandLine(ToolDefinitions.All)), people);

    [Fact]
    public async Task It_is_asked_as_the_owner_where_it_answers_and_as_a_schedule()
    {
        var outcome = await Work.RunAsync(Run, TestContext.Current.CancellationToken);

        var request = Assert.Single(gate.Ran);
        Assert.Equal(("schedule", "ana", "nodes", InvocationRequest.Schedule, ScheduleBench.Place), (request.Actor.Channel, request.Actor.UserId, request.Tool, request.Source, request.Conversation!.Id));
        Assert.Matches("^[0-9a-f]{26}-1$", request.Id);
        Assert.Equal(ScheduledEnd.Done, outcome.End);
        Assert.Contains(outcome.Say!.Blocks.OfType<TextBlock>(), b => b.Markdown.Contains("nodes", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Asked_again_about_the_same_try_it_runs_nothing_anew_and_another_try_does()
    {
        await Work.RunAsync(Run, TestContext.Current.CancellationToken);
        await Work.RunAsync(Run with { Again = true }, TestContext.Current.CancellationToken);
        Assert.Single(gate.Ran);

        await Work.RunAsync(Run with { Attempt = 2 }, TestContext.Current.CancellationToken);
        Assert.Equal(2, gate.Ran.Select(r => r.Id).Distinct().Count());
    }

    [Theory]
    [InlineData(FailureCode.NotAllowed, true)]
    [InlineData(FailureCode.Forbidden, false)]
    public async Task Only_a_missing_right_says_that_the_rights_are_lost(FailureCode failure, bool lost)
    {
        gate.Tools["nodes"] = (request, _, _) => Task.FromResult(new InvocationOutcome(request.Id, InvocationStatus.Refused, "no", Failure: failure));

        var outcome = await Work.RunAsync(Run, TestContext.Current.CancellationToken);

        Assert.Equal((ScheduledEnd.Refused, lost), (outcome.End, outcome.RightsLost));
    }

    [Fact]
    public async Task What_waits_for_people_waits_and_says_nothing_besides_its_card()
    {
        gate.Tools["nodes"] = (request, _, _) => Task.FromResult(ScriptedInvoker.Waiting(request));

        var outcome = await Work.RunAsync(Run, TestContext.Current.CancellationToken);

        Assert.Equal((ScheduledEnd.Waiting, true, null), (outcome.End, outcome.WaitsFor is not null, outcome.Say));
    }

    [Theory]
    [InlineData("/approve 7F3K2M", "a person's own decision")]
    [InlineData("/schedule run nodes", "a person's own decision")]
    [InlineData("/schedule add @daily -- /nodes", "a person's own decision")]
    [InlineData("/stop", "for people in their conversation")]
    [InlineData("/nodez", "There is no command")]
    public void What_is_no_command_for_a_schedule_is_refused_when_it_is_added(string text, string reason) =>
        Assert.Contains(reason, Work.WhyNot(text, People.Ana), StringComparison.Ordinal);

    [Fact]
    public void What_its_owner_may_not_use_is_refused_when_it_is_added()
    {
        people.Allowed = _ => false;

        Assert.Equal("Ana may not use nodes.", Work.WhyNot("/nodes", People.Ana));
    }
}
