using ChatOps.Checks;
using ChatOps.Checks.Runbooks;
using ChatOps.Messages;
using ChatOps.Policy;
using ChatOps.Testing;
using ChatOps.Tests.Agent.Fakes;
using ChatOps.Tests.Checks.Runbooks;
using ChatOps.Tools;

namespace ChatOps.Tests.Checks.Responses;

/// <summary>What is done about findings: a note's steps by its trust, one question to a model at most, nothing lost and nothing twice.</summary>
public sealed class FindingResponseTests
{
    private const string Mem = "checks:\n  - { name: mem, kind: memory, on: web-1, retries: 0, recover: 1 }";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_hour_of_quiet_asks_no_model_and_a_planted_fault_asks_it_once()
    {
        await using var harness = await FindAsync(null, fail: false);
        await PassAsync(harness, TimeSpan.FromHours(1));
        Assert.Equal(0, harness.Investigations.Calls);

        harness.Prober.Finds("mem", CheckLevel.Critical, "web-1");
        await PassAsync(harness, TimeSpan.FromHours(1));

        Assert.Equal(1, harness.Investigations.Calls);
        Assert.Equal(("", "", "checks"), Assert.Single(harness.Investigations.Asked).Value);
        Assert.Single(harness.Replies.Said);
    }

    [Fact]
    public async Task Without_a_model_the_finding_is_told_as_it_is_with_the_note_that_is_for_it()
    {
        await using var harness = await FindAsync(SomeNotes.Text("suggest"), change: h => h.Investigations.Possible = false);
        await harness.AnswerAsync();

        Assert.Equal(0, harness.Investigations.Calls);
        Assert.Empty(harness.Gate.Ran);
        Assert.StartsWith("**Critical**", harness.Replies.Said[0], StringComparison.Ordinal);
        Assert.StartsWith("Runbook note **cache**: The cache eats memory (trust suggest).", harness.Replies.Said[1], StringComparison.Ordinal);
        Assert.Contains("systemctl restart cache", harness.Replies.Posted[1].Content.Blocks.OfType<CodeBlock>().Single().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_only_watches_is_named_and_its_steps_are_not_shown()
    {
        await using var harness = await FindAsync(SomeNotes.Text("observe"));
        await harness.AnswerAsync();

        Assert.Empty(harness.Gate.Ran);
        Assert.Empty(harness.Replies.Posted[1].Content.Blocks.OfType<CodeBlock>());
    }

    [Fact]
    public async Task A_note_that_may_propose_puts_one_plan_to_the_gate_that_always_asks_and_the_model_is_told_of_it()
    {
        await using var harness = await FindAsync(SomeNotes.Text(), change: Proposes);
        await harness.AnswerAsync();
        await harness.AnswerAsync();

        var plan = Assert.Single(harness.Gate.Ran);
        Assert.Equal(("propose_plan", "finding:checks", "runbook"), (plan.Tool, plan.Actor.Key, plan.Source));
        Assert.Equal("what the check mem found", plan.TaintedBy);
        Assert.Contains("{\"on\":\"web-1\",\"command_line\":\"systemctl restart cache\"}", plan.Arguments["steps"], StringComparison.Ordinal);
        Assert.Contains("start it again", plan.Arguments["steps"], StringComparison.Ordinal);
        Assert.Contains("\"expect\":\"active\"", plan.Arguments["check"], StringComparison.Ordinal);
        var (note, said, _) = Assert.Single(harness.Investigations.Asked).Value;
        Assert.Equal("cache", note);
        Assert.Contains("waits for a decision (approval 7F3K2M)", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_nodes_are_one_selector()
    {
        await using var harness = await CheckHarness.StartAsync("checks:\n  - { name: mem, kind: memory, on: all, retries: 0, recover: 1 }", "a", "b");
        Proposes(harness);
        harness.WriteNote("cache", SomeNotes.Text());
        harness.Prober.Finds("mem", CheckLevel.Warning, "a", "b");
        await harness.PassAsync(TimeSpan.FromMinutes(2));
        await harness.AnswerAsync();

        Assert.Contains("\"on\":\"node in (a,b)\"", Assert.Single(harness.Gate.Ran).Arguments["steps"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_that_is_riskier_than_its_note_allows_is_shown_and_not_proposed()
    {
        await using var harness = await FindAsync(SomeNotes.Text(), change: h => h.Gate.RiskOf = _ => Risk.Dangerous);
        await harness.AnswerAsync();

        Assert.Empty(harness.Gate.Ran);
        Assert.Contains("a step of it is dangerous, and the note allows change at most", harness.Replies.Said[^1], StringComparison.Ordinal);
        Assert.Contains("were not proposed", Assert.Single(harness.Investigations.Asked).Value.PlanSaid, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_three_verified_runs_a_person_may_let_it_run_by_itself_and_a_failure_takes_that_back_aloud()
    {
        await using var harness = await FindAsync(SomeNotes.Text("auto"), change: h => Ends(h, CheckVerdict.Verified));
        for (var run = 0; run < RunbookBounds.VerifiedForAuto; run++)
        {
            Assert.False((await harness.Runbooks.TrustAsync("cache", RunbookTrust.Auto, "ana", "it works", Token)).Done);
            await harness.AnswerAsync();
            await AgainAsync(harness);
        }

        await harness.AnswerAsync();
        var decided = await harness.Runbooks.TrustAsync("cache", RunbookTrust.Auto, "ana", "it works", Token);
        Assert.True(decided.Done, decided.Text);

        Ends(harness, CheckVerdict.Failed);
        await AgainAsync(harness);
        await harness.AnswerAsync();

        Assert.Null(harness.Gate.Ran.Last().TaintedBy);
        Assert.Contains(harness.Replies.Said, s => s.StartsWith("The trust of the runbook note cache falls from auto to approve", StringComparison.Ordinal));
        var state = Assert.Single(await harness.Runbooks.ListAsync(Token));
        Assert.Equal((RunbookTrust.Approve, 0, 1), (state.Trust, state.Record!.Verified, state.Record.Failed));
        Assert.Equal(harness.Gate.Ran.Count, (await harness.Runbooks.RunsAsync("cache", 100, Token)).Count);
    }

    [Fact]
    public async Task What_people_deny_says_nothing_about_the_note()
    {
        await using var harness = await FindAsync(SomeNotes.Text(), change: Proposes);
        await harness.AnswerAsync();
        harness.Gate.Settle(new(harness.Gate.Ran.Single().Id, InvocationStatus.Refused, "Denied by ana.", ApprovalId: "7F3K2M", Failure: FailureCode.ApprovalDenied));
        await harness.AnswerAsync();

        Assert.Equal("not run", Assert.Single(await harness.Runbooks.RunsAsync("cache", 10, Token)).End);
        Assert.Equal((0, 0), Assert.Single(await harness.Runbooks.ListAsync(Token)).Record is { } r ? (r.Verified, r.Failed) : (0, 0));
    }

    [Fact]
    public async Task Beyond_its_bounds_a_finding_is_told_as_it_is_and_that_is_said()
    {
        await using var harness = await CheckHarness.StartAsync("checks:\n" + string.Concat(Enumerable.Range(0, 5).Select(i => $"  - {{ name: c{i}, kind: http, url: 'http://x', retries: 0 }}\n")));
        (harness.Settings.Investigations.PerHour, harness.Settings.Investigations.AtOnce) = (3, 50);
        for (var i = 0; i < 5; i++) harness.Prober.Finds($"c{i}", CheckLevel.Critical);
        await harness.PassAsync(TimeSpan.FromMinutes(2));
        await harness.AnswerAsync();

        Assert.Equal(3, harness.Investigations.Asked.Count);
        Assert.Equal(2, harness.Replies.Said.Count(s => s.Contains("3 were looked into in the last hour (Checks:Investigations:PerHour)", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Beside_those_that_are_being_looked_into_another_is_told_as_it_is_and_the_next_one_afterwards_is_looked_into()
    {
        await using var harness = await CheckHarness.StartAsync("checks:\n" + string.Concat(Enumerable.Range(0, 3).Select(i => $"  - {{ name: c{i}, kind: http, url: 'http://x', retries: 0 }}\n")));
        harness.Settings.Investigations.AtOnce = 1;
        var looking = new TaskCompletionSource();
        harness.Investigations.Until = looking.Task;
        harness.Prober.Finds("c0", CheckLevel.Critical);
        harness.Prober.Finds("c1", CheckLevel.Critical);
        await harness.PassAsync(TimeSpan.FromMinutes(2));
        var answering = harness.AnswerAsync();
        await Until.TrueAsync(() => harness.Replies.Said.Any(s => s.Contains("1 are being looked into now (Checks:Investigations:AtOnce)", StringComparison.Ordinal)));
        await Until.TrueAsync(() => harness.Investigations.Asked.Count == 1);
        looking.SetResult();
        await answering;

        // Both findings stand, one of them with the line that says why nobody looks into it.
        Assert.Equal(2, harness.Replies.Said.Count(s => s.StartsWith("**Critical**", StringComparison.Ordinal)));
        Assert.Single(harness.Replies.Said, s => s.StartsWith("Told as it is, not looked into", StringComparison.Ordinal));
        Assert.Single(harness.Investigations.Asked);
        harness.Prober.Finds("c2", CheckLevel.Critical);
        await harness.PassAsync(TimeSpan.FromMinutes(2));
        await harness.AnswerAsync();
        Assert.Equal(2, harness.Investigations.Asked.Count);
    }

    [Fact]
    public async Task A_question_that_is_not_accepted_leaves_the_finding_and_says_so()
    {
        await using var harness = await FindAsync(null, change: h => h.Investigations.Accepts = false);
        await harness.AnswerAsync();
        await harness.AnswerAsync();

        Assert.StartsWith("**Critical**", harness.Replies.Said[0], StringComparison.Ordinal);
        Assert.Single(harness.Replies.Said, s => s.Contains("not looked into: the question was not accepted", StringComparison.Ordinal));
        Assert.Equal(1, harness.Investigations.Calls);
    }

    [Fact]
    public async Task Whoever_is_to_look_and_is_not_written_in_access_is_named_and_nobody_is_asked()
    {
        await using var harness = await FindAsync(null, change: h => h.Settings.Investigations.As = "nobody");
        await harness.AnswerAsync();

        Assert.Equal(0, harness.Investigations.Calls);
        Assert.Contains("nobody in access.yaml is called that", harness.Replies.Said[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_got_well_before_anybody_could_look_is_left_alone()
    {
        await using var harness = await FindAsync(SomeNotes.Text());
        harness.Prober.Finds("mem", CheckLevel.Ok, "web-1");
        await harness.PassAsync(TimeSpan.FromMinutes(3));
        await harness.AnswerAsync();

        Assert.Empty(harness.Gate.Ran);
        Assert.Equal(0, harness.Investigations.Calls);
    }

    [Fact]
    public async Task Another_process_goes_on_with_what_a_dead_one_left_and_does_nothing_twice()
    {
        var harness = await FindAsync(SomeNotes.Text(), change: Proposes);
        await using var next = await harness.CrashAsync();
        await next.AnswerAsync();
        await using var third = await next.CrashAsync();
        await third.AnswerAsync();

        Assert.Single(third.Gate.Ran);
        Assert.Single(third.Investigations.Asked);
        Assert.Equal(2, third.Replies.Posted.Count);
    }

    private static void Proposes(CheckHarness harness) => harness.Gate.Tools["propose_plan"] = (request, _, _) => Task.FromResult(ScriptedInvoker.Waiting(request));

    private static void Ends(CheckHarness harness, CheckVerdict verdict) => harness.Gate.Tools["propose_plan"] = (request, _, _) =>
    {
        var result = new ToolResult(verdict == CheckVerdict.Failed ? InvocationStatus.Failed : InvocationStatus.Done, "It ran.", RichMessage.Text("It ran."), "{}") { Check = new CheckReport(verdict, "Looked.") };
        return Task.FromResult(new InvocationOutcome(request.Id, result.Status, "It ran.", result));
    };

    private static async Task<CheckHarness> FindAsync(string? note, bool fail = true, Action<CheckHarness>? change = null)
    {
        var harness = await CheckHarness.StartAsync(Mem, "web-1");
        change?.Invoke(harness);
        if (note is not null) harness.WriteNote("cache", note);
        if (fail) harness.Prober.Finds("mem", CheckLevel.Critical, "web-1");
        if (fail) await harness.PassAsync(TimeSpan.FromMinutes(2));
        return harness;
    }

    private static async Task PassAsync(CheckHarness harness, TimeSpan time)
    {
        for (var i = 0; i < 10; i++)
        {
            await harness.PassAsync(time / 10);
            await harness.AnswerAsync();
        }
    }

    private static async Task AgainAsync(CheckHarness harness)
    {
        harness.Prober.Finds("mem", CheckLevel.Ok, "web-1");
        await harness.PassAsync(TimeSpan.FromMinutes(3));
        harness.Prober.Finds("mem", CheckLevel.Critical, "web-1");
        await harness.PassAsync(TimeSpan.FromMinutes(3));
    }
}
