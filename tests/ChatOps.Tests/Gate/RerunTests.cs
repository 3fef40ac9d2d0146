using System.Text.Json;
using ChatOps.Fleet;
using ChatOps.Messages;
using ChatOps.Tools;

namespace ChatOps.Tests.Gate;

/// <summary>Repeating a run where it did not succeed, and nowhere else.</summary>
public sealed class RerunTests
{
    [Fact]
    public async Task The_newest_run_is_repeated_where_it_did_not_succeed_and_never_where_its_end_is_unknown()
    {
        await using var gate = await FleetAsync();
        var first = await gate.RunAsync("ana", "read x", "role=web");
        gate.Fleet.Executions.Clear();
        var again = await gate.CallAsync(gate.Request("ana", "run", ("rerun", "failed")));
        Assert.Equal(["web-2", "web-3"], gate.Fleet.Executions.Select(e => e.Node).Order());
        Assert.All(gate.Fleet.Executions, e => Assert.Equal("read x", e.Line));
        Assert.Equal(InvocationStatus.Failed, again.Status);

        // web-3 is well now: the newest run is the repetition, so only web-2 is left.
        Break("web-2");
        await gate.CallAsync(gate.Request("ana", "run", ("rerun", "failed")));
        gate.Fleet.Executions.Clear();
        await gate.CallAsync(gate.Request("ana", "run", ("rerun", "failed")));
        Assert.Equal(["web-2"], gate.Fleet.Executions.Select(e => e.Node));

        gate.Fleet.Executions.Clear();
        await gate.CallAsync(gate.Request("ana", "run", ("rerun", $"{first.InvocationId}:failed")));
        Assert.Equal(["web-2", "web-3"], gate.Fleet.Executions.Select(e => e.Node).Order());

        void Break(string only) => gate.Fleet.Run = (r, _, _) => Task.FromResult(FakeFleet.Exited(r.Node == only ? 1 : 0, ""));
    }

    [Fact]
    public async Task Where_nothing_failed_or_only_unknown_is_left_there_is_nothing_to_repeat()
    {
        await using var gate = await FleetAsync();
        gate.Fleet.Run = (r, _, _) => Task.FromResult(r.Node == "web-4" ? Without(ExecutionEnd.Unknown) : FakeFleet.Exited(0, ""));
        await gate.RunAsync("ana", "read x", "role=web");
        var before = gate.Fleet.Executions.Count;
        var outcome = await gate.CallAsync(gate.Request("ana", "run", ("rerun", "failed")));
        Assert.Equal(InvocationStatus.Refused, outcome.Status);
        Assert.Contains("unknown", outcome.Summary, StringComparison.Ordinal);
        Assert.Equal(before, gate.Fleet.Executions.Count);
    }

    [Fact]
    public async Task A_repeated_change_is_asked_for_with_exactly_its_nodes_and_runs_as_approved()
    {
        await using var gate = await FleetAsync();
        var change = await gate.RunAsync("ana", "change x", "role=web");
        await gate.ApproveAsync("li", change.ApprovalId!);
        await gate.WaitAsync(change.InvocationId);
        gate.Fleet.Executions.Clear();

        var again = await gate.CallAsync(gate.Request("ana", "run", ("rerun", "failed")));
        Assert.Equal(InvocationStatus.Waiting, again.Status);
        var item = Assert.Single((await gate.FindApprovalAsync(again.ApprovalId!)).Request.Items);
        Assert.Equal(["web-2", "web-3"], item.Targets);
        Assert.Contains($"{change.InvocationId}:failed", item.ArgumentsJson, StringComparison.Ordinal);

        // What runs meanwhile changes nothing: the approval names the run that it repeats.
        gate.Fleet.Run = (r, _, _) => Task.FromResult(FakeFleet.Exited(r.Node == "web-1" ? 1 : 0, ""));
        await gate.RunAsync("ana", "read y", "role=web");
        gate.Fleet.Executions.Clear();
        await gate.ApproveAsync("li", again.ApprovalId!);
        Assert.Equal(InvocationStatus.Done, (await gate.WaitAsync(again.InvocationId)).Status);
        Assert.Equal(["web-2", "web-3"], gate.Fleet.Executions.Select(e => e.Node).Order());
    }

    [Fact]
    public async Task Nobody_repeats_somebody_elses_run_of_another_place_nor_another_command_nor_a_dry_run()
    {
        await using var gate = await FleetAsync();
        var mine = await gate.RunAsync("ana", "read x", "role=web");
        var dry = await gate.CallAsync(gate.Request("ana", "run", ("command_line", "read x"), ("on", "role=web"), ("dry_run", "true")));
        gate.Fleet.Executions.Clear();
        foreach (var (person, arguments) in new (string, (string, string)[])[]
        {
            ("li", [("rerun", $"{mine.InvocationId}:failed")]),
            ("li", [("rerun", "failed")]),
            ("ana", [("rerun", "failed"), ("command_line", "read y")]),
            ("ana", [("rerun", $"{dry.InvocationId}:failed")]),
            ("ana", [("rerun", "no-such-run")]),
            ("ana", [("rerun", "failed"), ("on", "web-1")]),
        })
        {
            var outcome = await gate.CallAsync(gate.Request(person, "run", arguments));
            Assert.Equal(InvocationStatus.Refused, outcome.Status);
        }

        Assert.Empty(gate.Fleet.Executions);
    }

    [Fact]
    public async Task The_state_of_the_fleet_counts_states_and_names_what_is_not_online()
    {
        await using var gate = await FleetAsync();
        await gate.Fleet.DrainAsync("web-2", TestContext.Current.CancellationToken);
        var outcome = await gate.CallAsync(gate.Request("ana", "fleet_status", ("on", "role=web")));
        Assert.Equal("4 nodes: 3 online, 1 drained", outcome.Summary);
        var data = JsonDocument.Parse(outcome.Result!.DataJson).RootElement;
        Assert.Equal(4, data.GetProperty("states").EnumerateObject().Sum(s => s.Value.GetInt32()));
        Assert.Equal("web-2", Assert.Single(outcome.Result.Message.Blocks.OfType<TableBlock>().First().Rows)[0]);
    }

    // web-1 is well, web-2 fails, web-3 cannot be reached, of web-4 nobody knows.
    private static async Task<GateHarness> FleetAsync()
    {
        var gate = await GateHarness.StartAsync();
        for (var i = 1; i <= 4; i++) gate.Fleet.Add($"web-{i}", ("role", "web"));
        gate.Fleet.Run = (r, _, _) => Task.FromResult(r.Node switch
        {
            "web-1" => FakeFleet.Exited(0, "well\n"),
            "web-2" => FakeFleet.Exited(2, "ill\n"),
            "web-3" => Without(ExecutionEnd.Unreachable),
            _ => Without(ExecutionEnd.Unknown),
        });
        return gate;
    }

    private static ExecutionResult Without(ExecutionEnd end) => new(end, null, "", 0, 0, null, TimeSpan.Zero, $"It is {end}.");
}
