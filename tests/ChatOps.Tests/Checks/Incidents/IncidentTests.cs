using ChatOps.Audit;
using ChatOps.Checks;
using ChatOps.Policy;

namespace ChatOps.Tests.Checks.Incidents;

/// <summary>Incidents: opened once, told from the record, resolved by people with a draft of what happened.</summary>
public sealed class IncidentTests
{
    private const string Mem = "checks:\n  - { name: mem, kind: memory, on: all, retries: 0, recover: 1, hysteresis: 0 }\n  - { name: web, kind: http, url: 'http://x', retries: 0, recover: 1 }";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_warning_opens_none_a_critical_finding_opens_one_and_what_is_found_there_afterwards_joins()
    {
        await using var harness = await CheckHarness.StartAsync(Mem, "a", "b", "c");
        await FindAsync(harness, CheckLevel.Warning, "a");
        Assert.Empty(await ListAsync(harness));

        await FindAsync(harness, CheckLevel.Critical, "a", "b");
        var one = Assert.Single(await ListAsync(harness));
        Assert.Equal(["a", "b"], one.Targets);
        Assert.Contains(harness.Replies.Posted[^1].Content.Blocks.OfType<ChatOps.Messages.FieldsBlock>().SelectMany(f => f.Fields), f => f.Value.StartsWith($"{one.Id} opened", StringComparison.Ordinal));

        await FindAsync(harness, CheckLevel.Warning, "b");
        await FindAsync(harness, CheckLevel.Critical, "b", "c");
        Assert.All(await ListAsync(harness), i => Assert.Equal("mem", i.Check));
        var joined = (await ListAsync(harness)).Single(i => i.Id == one.Id);
        Assert.True(joined.Findings.Count >= 2, string.Join(", ", joined.Findings));

        harness.Prober.Finds("web", CheckLevel.Critical);
        await harness.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(["mem", "web"], (await ListAsync(harness)).Select(i => i.Check).Distinct().Order());
    }

    [Fact]
    public async Task Its_timeline_is_what_the_record_says_of_it_and_nothing_else()
    {
        await using var harness = await CheckHarness.StartAsync(Mem, "a", "b");
        for (var i = 0; i < 180 && (await ListAsync(harness)).Count == 0; i++)
        {
            harness.Prober.Finds("mem", CheckLevel.Critical, "a");
            await RecordAsync(harness, new AuditEntry(AuditKind.Outcome, "Run reboot on a") { Principal = "li", Nodes = ["a"], Risk = Risk.Dangerous, Outcome = "done", ConversationId = "web/li.before" });
            await harness.PassAsync(TimeSpan.FromSeconds(1));
        }

        var incident = Assert.Single(await ListAsync(harness));
        await RecordAsync(harness, new AuditEntry(AuditKind.ApprovalVote, "Approved: restart cache") { Principal = "li", Nodes = ["a"], Risk = Risk.Change, ApprovalId = "ap1" });
        await RecordAsync(harness, new AuditEntry(AuditKind.ApprovalSettled, "Approved: restart cache") { Principal = "li", Nodes = ["a"], Risk = Risk.Change, ApprovalId = "ap1" });
        await RecordAsync(harness, new AuditEntry(AuditKind.ApprovalSettled, "Expired: reboot") { Nodes = ["a"], Risk = Risk.Change, ApprovalId = "ap2" });
        await RecordAsync(harness, new AuditEntry(AuditKind.Outcome, "Run systemctl restart cache on a") { Principal = "ana", Nodes = ["a"], Risk = Risk.Change, Outcome = "done", InvocationId = "i1", ConversationId = "web/ana.elsewhere" });
        await RecordAsync(harness, new AuditEntry(AuditKind.Outcome, "Run uptime on a") { Principal = "li", Nodes = ["a"], Risk = Risk.Read, Outcome = "done", ConversationId = "web/li.elsewhere" });
        await RecordAsync(harness, new AuditEntry(AuditKind.Outcome, "Run reboot on b") { Principal = "li", Nodes = ["b"], Risk = Risk.Dangerous, Outcome = "done", ConversationId = "web/li.elsewhere" });
        Assert.True(await harness.Incidents.NoteAsync(incident, "ana", "The deploy came before it.", Token));
        harness.Prober.Finds("mem", CheckLevel.Ok, "a");
        await harness.PassAsync(TimeSpan.FromMinutes(3));

        var (entries, cut) = await harness.Incidents.TimelineAsync(incident, Token);

        Assert.False(cut);
        Assert.Equal([("finding", "checks"), ("approval", "li"), ("approval", "gateway"), ("command", "ana"), ("note", "ana"), ("recovery", "checks")], entries.Select(e => (e.Kind, e.Who)));
        foreach (var entry in entries) Assert.NotNull(await harness.Record.FindAsync(entry.AuditId, Token));
    }

    [Fact]
    public async Task Resolved_it_has_a_draft_with_links_to_the_record_is_told_once_and_stays_resolved()
    {
        await using var harness = await CheckHarness.StartAsync(Mem, "a");
        await FindAsync(harness, CheckLevel.Critical, "a");
        var incident = Assert.Single(await ListAsync(harness));
        await harness.Incidents.NoteAsync(incident, "ana", "A | pipe, a `tick` and [a link](http://x).", Token);

        var resolved = await harness.Incidents.ResolveAsync(incident, "ana", "It was the cache.", Token);
        var again = await harness.Incidents.ResolveAsync(incident, "li", "no", Token);

        Assert.Equal((resolved.ResolvedAt, "ana"), (again.ResolvedAt, again.ResolvedBy));
        var draft = harness.Report(resolved.Report!);
        Assert.Contains("It was the cache", draft, StringComparison.Ordinal);
        Assert.Contains("## Timeline", draft, StringComparison.Ordinal);
        var (entries, _) = await harness.Incidents.TimelineAsync(incident, Token);
        Assert.Contains($"](/audit/{entries[0].AuditId})", draft, StringComparison.Ordinal);
        Assert.DoesNotContain("[a link]", draft, StringComparison.Ordinal);
        Assert.Single(harness.Replies.Said, s => s.Contains("resolved the incident", StringComparison.Ordinal));
        Assert.False(await harness.Incidents.NoteAsync(incident, "ana", "too late", Token));
        Assert.Empty(await harness.Incidents.ListAsync(openOnly: true, 10, Token));
    }

    [Fact]
    public async Task Without_an_id_it_is_the_one_of_the_conversation_or_the_only_one_and_else_it_is_asked_which()
    {
        await using var harness = await CheckHarness.StartAsync(Mem, "a");
        Assert.Equal("No incident is open.", (await harness.Incidents.FindAsync(null, null, Token)).Problem);
        await FindAsync(harness, CheckLevel.Critical, "a");
        var only = Assert.Single(await ListAsync(harness));
        Assert.Equal(only.Id, (await harness.Incidents.FindAsync(null, "web/ana.ops", Token)).Incident?.Id);
        Assert.Equal(only.Id, (await harness.Incidents.FindAsync(only.Id.ToLowerInvariant(), null, Token)).Incident?.Id);

        harness.Prober.Finds("web", CheckLevel.Critical);
        await harness.PassAsync(TimeSpan.FromMinutes(2));
        Assert.StartsWith("2 incidents are open; say which:", (await harness.Incidents.FindAsync(null, "web/owner.checks", Token)).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_that_dies_behind_the_finding_leaves_its_incident()
    {
        var harness = await CheckHarness.StartAsync(Mem, "a");
        await FindAsync(harness, CheckLevel.Critical, "a");
        await using var next = await harness.CrashAsync();

        Assert.Single(await ListAsync(next));
    }

    private static Task<IReadOnlyList<Incident>> ListAsync(CheckHarness harness) => harness.Incidents.ListAsync(openOnly: false, 100, Token);

    private static async Task FindAsync(CheckHarness harness, CheckLevel level, params string[] nodes)
    {
        harness.Prober.Finds("mem", level, nodes);
        await harness.PassAsync(TimeSpan.FromMinutes(3));
    }

    private static async Task RecordAsync(CheckHarness harness, AuditEntry entry) =>
        await harness.Store.WriteAsync(session => harness.Audit.Append(session, entry), Token);
}
