using ChatOps.Checks;

namespace ChatOps.Tests.Storage;

/// <summary>What is done about findings, notes and incidents, as both stores keep it.</summary>
public abstract class FindingWorkStoreTests(StoreKind kind)
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_response_is_open_until_it_is_done_and_is_found_by_when_a_model_was_asked()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        await store.WriteAsync(s =>
        {
            foreach (var id in new[] { "f2", "f1", "f3" }) s.FindingWork.Set(new FindingResponse(id, FindingStage.Told, Now));
            s.FindingWork.Set(new FindingResponse("f1", FindingStage.Decided, Now) { AskedAt = Now, Note = "n", Trust = RunbookTrust.Approve });
            s.FindingWork.Set(new FindingResponse("f3", FindingStage.Done, Now) { AskedAt = Now.AddHours(-2), InboxId = "i1" });
            return true;
        });

        var (open, asked, one) = await store.ReadAsync(s => (s.FindingWork.OpenResponses(10), s.FindingWork.AskedSince(Now.AddHours(-1)), s.FindingWork.Response("f1")));
        Assert.Equal(["f1", "f2"], open.Select(r => r.FindingId));
        Assert.Equal(["f1"], asked.Select(r => r.FindingId));
        Assert.Equal((FindingStage.Decided, "n", RunbookTrust.Approve), (one!.Stage, one.Note, one.Trust));
    }

    [Fact]
    public async Task Runs_are_open_until_they_end_and_records_are_one_a_note()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        await store.WriteAsync(s =>
        {
            foreach (var i in new[] { 1, 2, 3 }) s.FindingWork.Set(new RunbookRun($"r{i}", "n", "d", "f", Now.AddMinutes(i)));
            s.FindingWork.Set(new RunbookRun("r2", "n", "d", "f", Now.AddMinutes(2)) { EndedAt = Now.AddHours(1), End = "verified", AuditId = "a" });
            foreach (var verified in new[] { 1, 2 }) s.FindingWork.Set(new RunbookRecord("n", RunbookTrust.Auto, "d", verified, 0, "ana", "why", Now));
            return true;
        });

        var (open, newest, records) = await store.ReadAsync(s => (s.FindingWork.OpenRuns(10), s.FindingWork.Runs("n", 2), s.FindingWork.Records()));
        Assert.Equal(["r1", "r3"], open.Select(r => r.InvocationId));
        Assert.Equal(["r3", "r2"], newest.Select(r => r.InvocationId));
        Assert.Equal(2, Assert.Single(records).Verified);
    }

    [Fact]
    public async Task Incidents_are_open_until_they_are_resolved()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        await store.WriteAsync(s =>
        {
            foreach (var (id, hours) in new[] { ("A", 1), ("B", 2), ("C", 3) })
                s.Incidents.Set(new Incident { Id = id, Title = id, Check = "mem", Targets = ["web-1"], Findings = ["f"], ConversationId = "web/owner.checks", OpenedAt = Now.AddHours(hours) });
            s.Incidents.Set(s.Incidents.Find("B")! with { ResolvedAt = Now.AddHours(5), ResolvedBy = "ana", Report = "r.md" });
            return true;
        });

        var (open, newest, resolved) = await store.ReadAsync(s => (s.Incidents.Open(), s.Incidents.Newest(2), s.Incidents.Find("B")));
        Assert.Equal(["A", "C"], open.Select(i => i.Id));
        Assert.Equal(["C", "B"], newest.Select(i => i.Id));
        Assert.Equal(("ana", "r.md"), (resolved!.ResolvedBy, resolved.Report));
    }

    public sealed class OnSqlite() : FindingWorkStoreTests(StoreKind.Sqlite);

    public sealed class OnPostgreSql() : FindingWorkStoreTests(StoreKind.PostgreSql);
}
