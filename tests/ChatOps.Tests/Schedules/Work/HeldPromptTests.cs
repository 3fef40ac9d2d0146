using ChatOps.Audit;
using ChatOps.Messages;
using ChatOps.Scheduling.Work;
using ChatOps.Schedules;
using ChatOps.Storage;

namespace ChatOps.Tests.Schedules.Work;

/// <summary>Prompts under a halt: asked once, since they may only read, and held back when the halt refused something that they wanted.</summary>
public sealed class HeldPromptTests
{
    private static readonly Halt Stop = new("7F3K2M", "all", "li", "the network is being changed", new DateTimeOffset(2026, 3, 2, 8, 55, 0, TimeSpan.Zero));

    private readonly WrittenLog log = new();
    private readonly CountingInbox inbox = new();

    [Fact]
    public async Task A_prompt_that_a_halt_refused_something_is_told_once_and_asked_again_when_it_is_lifted()
    {
        await using var bench = await ScheduleBench.OpenAsync();
        await bench.Store.WriteAsync(s => s.Halts.Add(Stop), ScheduleBench.Now);

        Assert.Equal(ScheduledEnd.Unknown, (await NextAsync(bench)).End);
        log.Refuse(bench.Time.GetUtcNow(), ScheduleBench.Place, Stop.Rule);
        await EndAsync(bench, ScheduleRunState.Done, "answered");
        var first = await NextAsync(bench);
        Assert.Equal((ScheduledEnd.Refused, true), (first.End, first.SayOnce));
        Assert.StartsWith("Everything is halted by li since", first.Summary, StringComparison.Ordinal);
        await EndAsync(bench, ScheduleRunState.Refused, first.Summary);
        // The engine says it once, because the run before ended with the same words.
        Assert.Equal((ScheduledEnd.Refused, first.Summary), await NextAsync(bench) is var second ? (second.End, second.Summary) : default);
        Assert.Equal(1, inbox.Count);

        await bench.Store.WriteAsync(s => s.Halts.Lift(Stop.Id, "ana", bench.Time.GetUtcNow()), ScheduleBench.Now);
        await NextAsync(bench);
        Assert.Equal(2, inbox.Count);
    }

    [Theory]
    [InlineData("web/elsewhere", "halt 7F3K2M")]
    [InlineData(null, "halt 000000")]
    [InlineData(null, "forbidden by policy")]
    public async Task What_the_halt_refused_elsewhere_or_something_else_refused_holds_no_prompt_back(string? conversation, string rule)
    {
        await using var bench = await ScheduleBench.OpenAsync();
        await bench.Store.WriteAsync(s => s.Halts.Add(Stop), ScheduleBench.Now);
        await NextAsync(bench);
        log.Refuse(bench.Time.GetUtcNow(), conversation ?? ScheduleBench.Place, rule);
        await EndAsync(bench, ScheduleRunState.Done, "answered");
        await NextAsync(bench);

        Assert.Equal(2, inbox.Count);
    }

    private async Task<ScheduledOutcome> NextAsync(ScheduleBench bench)
    {
        bench.Time.Advance(TimeSpan.FromMinutes(5));
        var now = bench.Time.GetUtcNow();
        var run = new ScheduledRun(ScheduleRunRow.IdOf("asks", now), "asks", now, SchedulePeople.Ana, "restart what needs it", ScheduleBench.Place);
        return await new PromptWork(new AskedTurns(inbox, bench.Store), new HeldPrompts(bench.Store, log)).RunAsync(run, ScheduleBench.Now);
    }

    private static async Task EndAsync(ScheduleBench bench, ScheduleRunState state, string summary)
    {
        var now = bench.Time.GetUtcNow();
        await bench.Store.WriteAsync(
            s => s.Schedules.AddRun(new ScheduleRunRow(ScheduleRunRow.IdOf("asks", now), "asks", now, ScheduleTrigger.Tick, state, now) { StartedAt = now, FinishedAt = now.AddMinutes(1), Summary = summary }), ScheduleBench.Now);
    }

    private sealed class CountingInbox : IInbox
    {
        public int Count { get; private set; }

        public Task<InboxReceipt> AcceptAsync(InboundMessage message, CancellationToken cancellationToken) => Task.FromResult(new InboxReceipt(InboxStatus.Accepted, $"m{++Count}"));
    }

    private sealed class WrittenLog : IAuditLog
    {
        private readonly List<AuditRecord> records = [];

        public void Refuse(DateTimeOffset at, string conversation, string rule) =>
            records.Add(new AuditRecord(records.Count + 1, $"a{records.Count}", at, "", "", "", new AuditEntry(AuditKind.Refusal, "refused") { Principal = SchedulePeople.Ana, ConversationId = conversation, Rule = rule }));

        public Task<IReadOnlyList<AuditRecord>> QueryAsync(AuditQuery query, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<AuditRecord>>([.. records.Where(r => r.Time >= query.Since && r.Time <= query.Until && r.Entry.Principal == query.Principal)]);

        public Task<AuditRecord?> FindAsync(string id, CancellationToken cancellationToken) => throw new NotSupportedException("Nobody looks one up here.");

        public Task<AuditVerification> VerifyAsync(CancellationToken cancellationToken) => throw new NotSupportedException("Nobody verifies here.");

        public Task ExportAsync(TextWriter writer, DateTimeOffset since, AuditExportFormat format, CancellationToken cancellationToken) => throw new NotSupportedException("Nobody exports here.");
    }
}
