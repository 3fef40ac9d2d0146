using ChatOps.Agent.Commands;
using ChatOps.Checks;
using ChatOps.Scheduling.Work;
using ChatOps.Schedules;
using ChatOps.Testing;
using ChatOps.Tests.Agent.Fakes;
using ChatOps.Tools;

namespace ChatOps.Tests.Schedules.Work;

/// <summary>Checks and reports at their time.</summary>
public sealed class ChecksWorkTests
{
    private static readonly ScheduledRun Run = new("look@20260302T090500000Z", "look", new DateTimeOffset(2026, 3, 2, 9, 5, 0, TimeSpan.Zero), "ana", "all", ScheduleBench.Place);

    private readonly ScriptedInvoker gate = new();
    private readonly People people = new();

    private CommandWork Commands => new(gate, new CommandReader(new ChatCommandLine(ToolDefinitions.All)), people);

    private ChecksWork Looks => new(Commands, new Lazy<IChecks>(() => new NoChecks()));

    [Fact]
    public async Task A_look_at_checks_that_is_done_says_nothing_and_is_in_the_history()
    {
        var outcome = await Looks.RunAsync(Run, TestContext.Current.CancellationToken);

        var request = Assert.Single(gate.Ran);
        Assert.Equal(("check_run", "all", "ana"), (request.Tool, request.Arguments["name"], request.Actor.UserId));
        Assert.Equal((ScheduledEnd.Quiet, null), (outcome.End, outcome.Say));
        Assert.NotEqual("", outcome.Summary);
    }

    [Fact]
    public async Task A_look_that_is_refused_or_fails_is_said_as_with_any_command()
    {
        gate.Tools["check_run"] = (request, _, _) => Task.FromResult(new InvocationOutcome(request.Id, InvocationStatus.Refused, "no", Failure: FailureCode.NotAllowed));

        var outcome = await Looks.RunAsync(Run, TestContext.Current.CancellationToken);

        Assert.Equal((ScheduledEnd.Refused, true), (outcome.End, outcome.RightsLost));
    }

    [Fact]
    public void A_set_that_is_not_there_and_a_report_that_is_none_are_refused_when_they_are_added()
    {
        Assert.Contains("There is no check or set 'al'", Looks.WhyNot("al", People.Ana), StringComparison.Ordinal);
        Assert.Null(Looks.WhyNot("all", People.Ana));
        Assert.Contains("daily and weekly", new ReportWork(Commands).WhyNot("hourly", People.Ana), StringComparison.Ordinal);
        Assert.Null(new ReportWork(Commands).WhyNot("weekly", People.Ana));
        people.Allowed = _ => false;
        Assert.Contains("may not use check_run", Looks.WhyNot("all", People.Ana), StringComparison.Ordinal);
        Assert.Contains("may not use report", new ReportWork(Commands).WhyNot("daily", People.Ana), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_answers_where_its_schedule_does()
    {
        var outcome = await new ReportWork(Commands).RunAsync(Run with { Text = "weekly" }, TestContext.Current.CancellationToken);

        var request = Assert.Single(gate.Ran);
        Assert.Equal(("report", "weekly"), (request.Tool, request.Arguments["name"]));
        Assert.Equal(ScheduledEnd.Done, outcome.End);
        Assert.NotNull(outcome.Say);
    }
}
