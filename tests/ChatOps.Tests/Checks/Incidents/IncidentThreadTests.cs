using ChatOps.Checks;
using ChatOps.Checks.Incidents;
using ChatOps.Identity;
using ChatOps.Messages;
using ChatOps.Storage;
using ChatOps.Testing;

namespace ChatOps.Tests.Checks.Incidents;

/// <summary>An incident's own thread: opened with the finding's message, known when that is out, and from then on where everything about the incident is said.</summary>
public sealed class IncidentThreadTests
{
    private const string Told = "web/owner.checks";
    private const string Thread = "slack/C1/1700000000.000100";
    private const string Mem = "checks:\n  - { name: mem, kind: memory, on: all, retries: 0, recover: 1, hysteresis: 0 }\n  - { name: web, kind: http, url: 'http://x', retries: 0, recover: 1 }";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_done_about_a_finding_waits_for_its_thread_and_is_said_there_and_so_is_all_that_follows()
    {
        await using var harness = await FindAsync();
        await harness.AnswerAsync();
        Assert.Equal(0, harness.Investigations.Calls);
        Assert.Equal(Told, Assert.Single(harness.Replies.Posted).Conversation);

        await OpenAsync(harness, Thread);
        await harness.AnswerAsync();
        var incident = await OnlyAsync(harness);
        Assert.Equal((Thread, Told, null), (incident.ConversationId, incident.ToldIn, incident.ThreadFrom));
        Assert.Equal(Thread, harness.Investigations.Where);
        Assert.Equal((Thread, $"**Incident {incident.Id}** {incident.Title}"), (harness.Replies.Posted[1].Conversation, harness.Replies.Said[1]));

        harness.Prober.Finds("mem", CheckLevel.Warning, "a");
        await harness.PassAsync(TimeSpan.FromMinutes(2));
        harness.Prober.Finds("mem", CheckLevel.Ok, "a");
        await harness.PassAsync(TimeSpan.FromMinutes(2));
        await harness.Incidents.ResolveAsync(incident, "ana", "", Token);
        await harness.AnswerAsync();
        Assert.All(harness.Replies.Posted.Skip(1), p => Assert.Equal(Thread, p.Conversation));
        Assert.Equal(["**Warning**", "**Well again**", "ana resolved"], harness.Replies.Said.Skip(2).Select(s => string.Join(' ', s.Split(' ').Take(s.StartsWith("**Well", StringComparison.Ordinal) || s.StartsWith("ana", StringComparison.Ordinal) ? 2 : 1))));
    }

    [Fact]
    public async Task Whoever_writes_in_its_thread_means_it_whatever_else_is_open()
    {
        await using var harness = await FindAsync();
        harness.Prober.Finds("web", CheckLevel.Critical);
        await harness.PassAsync(TimeSpan.FromMinutes(2));
        await OpenAsync(harness, Thread);
        await harness.AnswerAsync();

        Assert.Equal("mem", (await harness.Incidents.FindAsync(null, Thread, Token)).Incident?.Check);
        Assert.StartsWith("2 incidents are open; say which:", (await harness.Incidents.FindAsync(null, Told, Token)).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_thread_that_does_not_come_to_be_holds_nothing_up_and_one_that_comes_late_is_taken()
    {
        await using var harness = await FindAsync();
        await harness.PassAsync(IncidentThreads.Patience);
        await harness.AnswerAsync();
        Assert.Equal((1, Told), (harness.Investigations.Calls, harness.Investigations.Where));

        await OpenAsync(harness, Thread);
        await harness.AnswerAsync();
        Assert.Equal(Thread, (await OnlyAsync(harness)).ConversationId);
    }

    [Fact]
    public async Task Where_the_platform_opens_none_it_stays_where_it_was_told()
    {
        await using var harness = await FindAsync();
        await OpenAsync(harness, "");
        await harness.AnswerAsync();

        var incident = await OnlyAsync(harness);
        Assert.Equal((Told, null, null), (incident.ConversationId, incident.ToldIn, incident.ThreadFrom));
        Assert.Equal((1, Told), (harness.Investigations.Calls, harness.Investigations.Where));
    }

    [Fact]
    public async Task A_process_that_dies_behind_the_delivery_leaves_its_thread_to_the_next()
    {
        var harness = await FindAsync();
        await OpenAsync(harness, Thread);
        await using var next = await harness.CrashAsync();
        await next.AnswerAsync();

        Assert.Equal(Thread, (await OnlyAsync(next)).ConversationId);
        Assert.Equal(Thread, next.Investigations.Where);
    }

    [Fact]
    public async Task In_the_console_it_is_a_conversation_of_the_owner_with_a_title()
    {
        const string Own = "web/owner.0193abc";
        await using var harness = await FindAsync();
        await OpenAsync(harness, Own);
        await harness.AnswerAsync();

        var incident = await OnlyAsync(harness);
        var conversation = await harness.Store.ReadAsync(s => s.Conversations.Find(Own), Token);
        Assert.Equal(("owner", $"Incident {incident.Id}: mem on a"), (conversation?.Owner, conversation?.Title));
    }

    [Fact]
    public async Task What_people_write_in_its_thread_is_in_its_timeline_and_commands_strangers_and_the_gateways_questions_are_not()
    {
        await using var harness = await FindAsync();
        await SayAsync(harness, "too early", "U1");
        await OpenAsync(harness, Thread);
        await harness.AnswerAsync();
        harness.People.Identities[new Actor("slack", "T", "U1").Key] = "ana";
        await SayAsync(harness, "the deploy\ncame before it", "U1");
        await SayAsync(harness, "/incident show", "U1");
        await SayAsync(harness, "I am nobody", "U9");
        await SayAsync(harness, "look into it", "U1", new InboundContext { Finding = "f1" });

        var incident = await OnlyAsync(harness);
        var (entries, cut) = await harness.Incidents.TimelineAsync(incident, Token);
        Assert.False(cut);
        Assert.Equal([("ana", "too early", ""), ("ana", "the deploy came before it", "")], entries.Where(e => e.Kind == "message").Select(e => (e.Who, e.Text, e.AuditId)));
        var resolved = await harness.Incidents.ResolveAsync(incident, "ana", "", Token);
        Assert.Contains("| message | ana | the deploy came before it |  |", harness.Report(resolved.Report!), StringComparison.Ordinal);
    }

    private static async Task<CheckHarness> FindAsync()
    {
        var harness = await CheckHarness.StartAsync(Mem, "a");
        harness.Replies.Threads = true;
        harness.Prober.Finds("mem", CheckLevel.Critical, "a");
        for (var i = 0; i < 180 && (await harness.Incidents.ListAsync(openOnly: true, 10, Token)).Count == 0; i++) await harness.PassAsync(TimeSpan.FromSeconds(1));
        Assert.NotNull((await OnlyAsync(harness)).ThreadFrom);
        return harness;
    }

    // What delivery writes down when the message is out.
    private static async Task OpenAsync(CheckHarness harness, string thread) => await harness.Store.WriteAsync(
        session =>
        {
            foreach (var incident in session.Incidents.Open().Where(i => i is { Check: "mem", ThreadFrom: not null })) session.Outbox.SetThread(incident.ThreadFrom!, thread);
            return true;
        },
        Token);

    private static async Task SayAsync(CheckHarness harness, string text, string user, InboundContext? context = null) => await harness.Store.WriteAsync(
        session => session.Inbox.Add(new InboxItem(Some.Unique(), Some.Unique(), Thread, new Actor("slack", "T", user), InboundKind.Text, text, harness.Time.GetUtcNow(), InboxState.Done, 0, null, null) { Context = context ?? InboundContext.None }),
        Token);

    private static async Task<Incident> OnlyAsync(CheckHarness harness) => (await harness.Incidents.ListAsync(openOnly: true, 10, Token)).Single(i => i.Check == "mem");
}
