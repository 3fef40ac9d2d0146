using ChatOps.Messages;
using ChatOps.Models;
using ChatOps.Scheduling;
using ChatOps.Scheduling.Work;
using ChatOps.Schedules;
using ChatOps.Testing;

namespace ChatOps.Tests.Schedules.Work;

/// <summary>HEARTBEAT.md: what counts as a task, and when nobody is asked.</summary>
public sealed class HeartbeatTests
{
    private static readonly ScheduledRun Run = new("heartbeat@20260302T090500000Z", "heartbeat", new DateTimeOffset(2026, 3, 2, 9, 5, 0, TimeSpan.Zero), "ana", "HEARTBEAT.md", ScheduleBench.Place);

    private readonly ListeningInbox inbox = new();

    [Theory]
    [InlineData("", "")]
    [InlineData("# Heartbeat\n\n## Tasks\n", "")]
    [InlineData("# Heartbeat\n<!-- one line for each task,\n- such as this -->\n", "")]
    [InlineData("- [ ]\n*\n---\n\n", "")]
    [InlineData("<!-- never ended\n- look at the disks", "")]
    [InlineData("# Tasks\n- look at the disks  \n\n<!-- not this -->\n- [ ] and at the backups\n", "- look at the disks\n- [ ] and at the backups")]
    [InlineData("Is web-1 slow?", "Is web-1 slow?")]
    public void Headings_comments_and_empty_items_are_no_tasks(string text, string tasks) => Assert.Equal(tasks, HeartbeatFile.TasksOf(text));

    [Fact]
    public async Task Without_tasks_or_a_model_nobody_is_asked_and_nothing_is_said()
    {
        using var folder = new TempDirectory();
        var file = Path.Combine(folder.Path, "HEARTBEAT.md");
        await using var bench = await ScheduleBench.OpenAsync();
        foreach (var (text, any) in new[] { (null, true), ("# Tasks\n", true), ("- look at the disks\n", false) })
        {
            if (text is not null) await File.WriteAllTextAsync(file, text, ScheduleBench.Now);
            bench.Setup.Any = any;

            var outcome = await Work(bench, file).RunAsync(Run, ScheduleBench.Now);

            Assert.Equal((ScheduledEnd.Quiet, null), (outcome.End, outcome.Say));
        }

        Assert.Empty(inbox.Accepted);
    }

    [Fact]
    public async Task Tasks_are_asked_of_the_agent_as_their_owner_without_anybody_seeing_it()
    {
        using var folder = new TempDirectory();
        var file = Path.Combine(folder.Path, "HEARTBEAT.md");
        await File.WriteAllTextAsync(file, "# Tasks\n- look at the disks\n", ScheduleBench.Now);
        await using var bench = await ScheduleBench.OpenAsync();
        bench.Setup.Any = true;

        await Work(bench, file).RunAsync(Run, ScheduleBench.Now);

        var message = Assert.Single(inbox.Accepted);
        Assert.Equal(("ana", true, "heartbeat", null), (message.Actor.UserId, message.Context.Quiet, message.Context.Schedule, message.Announcement));
        Assert.Contains("- look at the disks", message.Text, StringComparison.Ordinal);
        Assert.Contains(QuietAnswer.Form, message.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_that_is_too_long_is_a_failure_that_says_so()
    {
        using var folder = new TempDirectory();
        var file = Path.Combine(folder.Path, "HEARTBEAT.md");
        await File.WriteAllTextAsync(file, "- " + new string('x', HeartbeatFile.MaxCharacters), ScheduleBench.Now);
        await using var bench = await ScheduleBench.OpenAsync();
        bench.Setup.Any = true;

        var outcome = await Work(bench, file).RunAsync(Run, ScheduleBench.Now);

        Assert.Equal(ScheduledEnd.Failed, outcome.End);
        Assert.Contains("Shorten it", outcome.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_a_schedule_of_the_settings_that_can_be_paused_and_comes_and_goes_with_the_model()
    {
        await using var bench = await ScheduleBench.OpenAsync();
        bench.Options.Heartbeat.Interval = TimeSpan.FromMinutes(20);
        bench.Options.Heartbeat.ActiveHours = "08:00-22:00";
        await SaveAsync(bench);
        Assert.Empty(await bench.Book.ListAsync(ScheduleBench.Now));

        bench.Setup.Any = true;
        await SaveAsync(bench);

        var row = await bench.RowAsync("heartbeat");
        Assert.Equal((ScheduleKind.Heartbeat, "every 20m", "08:00-22:00", ScheduleOrigin.Settings, "ana"), (row.Schedule.Kind, row.Schedule.When, row.Schedule.ActiveHours, row.Schedule.Origin, row.Schedule.Owner));
        Assert.Equal("web/ana.schedule-heartbeat", row.Schedule.ConversationId);
        await bench.Book.PauseAsync("heartbeat", "Paused by Ana.", ScheduleBench.Now);
        bench.Options.Heartbeat.Interval = TimeSpan.FromMinutes(30);
        await SaveAsync(bench);
        row = await bench.RowAsync("heartbeat");
        Assert.Equal((ScheduleState.Paused, "every 30m", null), (row.State, row.Schedule.When, row.NextAt));

        bench.Options.Heartbeat.Enabled = false;
        await SaveAsync(bench);
        Assert.Equal("daily-review", Assert.Single(await bench.Book.ListAsync(ScheduleBench.Now)).Schedule.Name);
    }

    [Fact]
    public async Task The_daily_review_comes_at_four_unless_somebody_has_one_of_their_own()
    {
        await using var bench = await ScheduleBench.OpenAsync();
        bench.Setup.Any = true;
        await SaveAsync(bench);
        var row = await bench.RowAsync("daily-review");
        Assert.Equal((ScheduleKind.Report, "daily", "cron 0 4 * * *", 4), (row.Schedule.Kind, row.Schedule.Text, row.Schedule.When, row.NextAt!.Value.Hour));

        await bench.AddAsync(ScheduleBench.Every("daily-review", "0 6 * * *") with { Kind = ScheduleKind.Command });
        await SaveAsync(bench);

        row = await bench.RowAsync("daily-review");
        Assert.Equal(("cron 0 6 * * *", ScheduleOrigin.Added), (row.Schedule.When, row.Schedule.Origin));
    }

    [Fact]
    public async Task What_somebody_removed_stays_removed_until_it_is_resumed_its_settings_change_or_it_was_switched_off_and_on()
    {
        await using var bench = await ScheduleBench.OpenAsync();
        bench.Setup.Any = true;
        await SaveAsync(bench);
        await RemoveAsync("daily-review");
        Assert.True(await bench.Book.ResumeAsync("daily-review", ScheduleBench.Now));
        Assert.Equal(ScheduleState.Active, (await bench.RowAsync("daily-review")).State);

        await RemoveAsync("daily-review");
        bench.Options.Review.When = "0 5 * * *";
        await SaveAsync(bench);
        Assert.Equal("cron 0 5 * * *", (await bench.RowAsync("daily-review")).Schedule.When);

        // Their own was in its place: without it they want none, and not the one of the settings.
        await bench.AddAsync(ScheduleBench.Every("daily-review", "0 6 * * *") with { Kind = ScheduleKind.Command });
        await RemoveAsync("daily-review");
        bench.Options.Review.Enabled = false;
        await SaveAsync(bench);
        bench.Options.Review.Enabled = true;
        await SaveAsync(bench);
        Assert.Equal(ScheduleOrigin.Settings, (await bench.RowAsync("daily-review")).Schedule.Origin);

        await RemoveAsync("heartbeat");
        Assert.False(await bench.Book.ResumeAsync("nothing", ScheduleBench.Now));

        async Task RemoveAsync(string name)
        {
            Assert.Equal("", await bench.Book.RemoveAsync(name, ScheduleBench.Now));
            await SaveAsync(bench);
            await SaveAsync(bench);
            Assert.Null(await bench.Book.FindAsync(name, ScheduleBench.Now));
        }
    }

    [Fact]
    public async Task A_place_that_is_not_there_is_said_and_the_rest_goes_on()
    {
        await using var bench = await ScheduleBench.OpenAsync();
        bench.Setup.Any = true;
        bench.Options.Heartbeat.Target = "slack:#nowhere";

        var problems = await SaveAsync(bench);

        Assert.Equal("Heartbeat:Target", Assert.Single(problems).Key);
        Assert.Equal("daily-review", Assert.Single(await bench.Book.ListAsync(ScheduleBench.Now)).Schedule.Name);
    }

    private static Task<IReadOnlyList<Configuration.ConfigurationProblem>> SaveAsync(ScheduleBench bench) => bench.Store.WriteAsync(bench.Settings.Save, ScheduleBench.Now);

    private HeartbeatWork Work(ScheduleBench bench, string file) =>
        new(new AskedTurns(inbox, bench.Store), new HeartbeatFile(new SchedulingOptions { HeartbeatFile = file }, new Lazy<IModelSetup>(() => bench.Setup)));

    private sealed class ListeningInbox : IInbox
    {
        public List<InboundMessage> Accepted { get; } = [];

        public Task<InboxReceipt> AcceptAsync(InboundMessage message, CancellationToken cancellationToken)
        {
            Accepted.Add(message);
            return Task.FromResult(new InboxReceipt(InboxStatus.Accepted, "m1"));
        }

        public Task GiveWayAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
