using ChatOps.Audit;
using ChatOps.Fleet;
using ChatOps.Tests.Machines;
using ChatOps.Tools;

namespace ChatOps.Tests.Gate;

/// <summary>After a change the gateway looks by itself: verified, unverified or failed, in the result, on the card and in the record.</summary>
public sealed class CheckTests
{
    private const string Running = "Type=notify\nResult=success\nLoadState=loaded\nActiveState=active\nSubState=running\nUnitFileState=enabled\n";
    private const string Dead = "Type=notify\nResult=exit-code\nLoadState=loaded\nActiveState=failed\nSubState=failed\nUnitFileState=enabled\n";

    private static Task<InvocationOutcome> RestartAsync(GateHarness gate) => gate.ApprovedAsync("service", ("action", "restart"), ("name", "nginx"), ("on", "role=web"));

    /// <summary>Answers as systemd: by node, what it finds at once and what it finds later.</summary>
    private static void Answer(GateHarness gate, Func<string, ExecutionResult> later) => gate.Fleet.Run = (request, _, _) => Task.FromResult(
        request.Id.Contains("-check-", StringComparison.Ordinal) ? later(request.Node)
        : FakeFleet.Exited(0, request.Line.Contains(" show ", StringComparison.Ordinal) ? Running : ""));

    [Fact]
    public async Task A_change_that_declares_what_must_hold_is_looked_at_on_every_node_and_said_to_be_verified()
    {
        await using var gate = await MachineGate.StartAsync(2);
        Answer(gate, _ => FakeFleet.Exited(0, Running));
        var outcome = await RestartAsync(gate);
        Assert.Equal((InvocationStatus.Done, CheckVerdict.Verified), (outcome.Status, outcome.Result!.Check!.Verdict));
        Assert.EndsWith("Verified on 2 of 2 nodes.", outcome.Summary, StringComparison.Ordinal);
        foreach (var n in (int[])[1, 2]) Assert.Equal(InvocationStatus.Done, (await gate.WaitAsync($"{outcome.InvocationId}-check-{n}")).Status);
        var records = (await gate.RecordsAsync()).Select(r => r.Entry).ToList();
        Assert.StartsWith("verified:", records.Single(e => e.Kind == AuditKind.Outcome && e.InvocationId == outcome.InvocationId).Detail["check"], StringComparison.Ordinal);
        Assert.Equal(2, records.Count(e => e.Kind == AuditKind.Intent && e.Detail.GetValueOrDefault("check of") == outcome.InvocationId));
        await gate.AssertRecordHoldsAsync();
    }

    [Fact]
    public async Task What_does_not_hold_afterwards_is_no_success_whatever_the_change_said()
    {
        await using var gate = await MachineGate.StartAsync(2);
        Answer(gate, node => FakeFleet.Exited(0, node == "web-2" ? Dead : Running));
        var outcome = await RestartAsync(gate);
        Assert.Equal((InvocationStatus.Partial, CheckVerdict.Failed), (outcome.Status, outcome.Result!.Check!.Verdict));
        Assert.Contains("Check failed (the service is what was asked for, on web-2)", outcome.Summary, StringComparison.Ordinal);
        Assert.Contains("Verified on 1 of 2 nodes.", outcome.Summary, StringComparison.Ordinal);
        Answer(gate, _ => FakeFleet.Exited(0, Dead));
        Assert.Equal(InvocationStatus.Failed, (await RestartAsync(gate)).Status);
    }

    [Fact]
    public async Task Where_nobody_can_look_it_is_unverified_and_the_change_stays_what_it_was()
    {
        await using var gate = await MachineGate.StartAsync();
        Answer(gate, _ => new ExecutionResult(ExecutionEnd.Unreachable, null, "", 0, 0, null, TimeSpan.Zero, "web-1 does not answer."));
        var outcome = await RestartAsync(gate);
        Assert.Equal((InvocationStatus.Done, CheckVerdict.Unverified), (outcome.Status, outcome.Result!.Check!.Verdict));
        Assert.Contains("Unverified, the check could not be made", outcome.Summary, StringComparison.Ordinal);
        Assert.Null((await gate.ApprovedAsync("run", ("command_line", "touch /tmp/x"), ("on", "web-1"))).Result!.Check);
    }

    [Fact]
    public async Task A_change_that_failed_is_not_looked_at()
    {
        await using var gate = await MachineGate.StartAsync();
        gate.Answer(line => FakeFleet.Exited(line.Contains("restart", StringComparison.Ordinal) ? 1 : 0, Running));
        var outcome = await RestartAsync(gate);
        Assert.Equal(InvocationStatus.Failed, outcome.Status);
        Assert.Null(outcome.Result!.Check);
    }

    [Fact]
    public async Task A_written_file_is_verified_by_its_hash_and_one_that_somebody_changes_at_once_is_not()
    {
        await using var gate = await MachineGate.StartAsync();
        foreach (var (tool, arguments) in new (string, (string, string)[])[]
        {
            ("files_write", [("path", "notes.txt"), ("content", "one\n")]), ("files_append", [("path", "notes.txt"), ("content", "two")]), ("files_edit", [("path", "notes.txt"), ("old", "two"), ("new", "three")]),
        })
        {
            var outcome = await gate.ApprovedAsync(tool, arguments);
            Assert.Equal((InvocationStatus.Done, CheckVerdict.Verified), (outcome.Status, outcome.Result!.Check!.Verdict));
        }

        var digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(Path.Combine(gate.Directory, "notes.txt"))));
        Assert.Equal(InvocationStatus.Done, (await gate.AskAsync("files_read", ("path", "notes.txt"), ("sha256", digest))).Status);
        await File.AppendAllTextAsync(Path.Combine(gate.Directory, "notes.txt"), "four", TestContext.Current.CancellationToken);
        var other = await gate.AskAsync("files_read", ("path", "notes.txt"), ("sha256", digest));
        Assert.Equal(InvocationStatus.Failed, other.Status);
        Assert.Contains("another content", other.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_steps_of_a_plan_are_checked_each_and_one_whose_check_fails_ends_it()
    {
        await using var gate = await MachineGate.StartAsync();
        var steps = Json.Write(new[] { Service("nginx"), Service("cron") });
        Answer(gate, _ => FakeFleet.Exited(0, Running));
        var done = await gate.ApprovedAsync("propose_plan", ("goal", "g"), ("steps", steps));
        Assert.Equal((InvocationStatus.Done, CheckVerdict.Verified), (done.Status, done.Result!.Check!.Verdict));
        Assert.Contains("Verified, each step by itself", done.Summary, StringComparison.Ordinal);
        Answer(gate, _ => FakeFleet.Exited(0, Dead));
        var failed = await gate.ApprovedAsync("propose_plan", ("goal", "g"), ("steps", steps));
        Assert.Contains("0 of 2 steps done; it stopped at \"1. Restart nginx", failed.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("enable")]
    [InlineData("disable")]
    public async Task What_cannot_be_told_without_systemd_is_neither_verified_nor_failed(string action)
    {
        await using var gate = await MachineGate.StartAsync();
        gate.Answer(line => line.StartsWith("systemctl", StringComparison.Ordinal) ? MachineGate.Absent("systemctl") : FakeFleet.Exited(0, "running\n"));
        var outcome = await gate.ApprovedAsync("service", ("action", action), ("name", "nginx"), ("on", "web-1"));
        Assert.Equal((InvocationStatus.Done, CheckVerdict.Unverified), (outcome.Status, outcome.Result!.Check!.Verdict));
        Assert.Equal(InvocationStatus.Refused, (await gate.AskAsync("service", ("action", "start"), ("name", "nginx"), ("on", "web-1"), ("after", "stop"))).Status);
    }

    private static object Service(string name) => new { tool = "service", arguments = new { action = "restart", name, on = "web-1" } };
}
