using ChatOps.Approvals;
using ChatOps.Audit;
using ChatOps.Messages;
using ChatOps.Policy;
using ChatOps.Testing;
using ChatOps.Tools;

namespace ChatOps.Tests.Gate;

public sealed class ApprovalTests
{
    [Fact]
    public async Task A_change_asks_runs_after_approval_and_shows_both_in_the_same_card()
    {
        await using var gate = await GateHarness.StartAsync();
        var waiting = await gate.RunAsync("ana", "change something");
        Assert.Equal(InvocationStatus.Waiting, waiting.Status);
        Assert.Empty(gate.Fleet.Executions);
        Assert.Equal("pending", gate.Replies.Card.State);
        Assert.Equal(["Run on local", "Decline", "Always allow for 7 days"], gate.Replies.Buttons.Select(b => b.Label));

        await gate.ApproveAsync("li", waiting.ApprovalId!);
        var outcome = await gate.WaitAsync(waiting.InvocationId);
        Assert.Equal(InvocationStatus.Done, outcome.Status);
        Assert.Single(gate.Fleet.Executions);
        var card = Assert.Single(gate.Replies.Messages).Value;
        Assert.Equal("succeeded", card.Blocks.OfType<CardBlock>().Single().State);
        Assert.Contains(card.Blocks.OfType<CodeBlock>(), b => b.Text.Contains("ran change something", StringComparison.Ordinal));
        Assert.Empty(card.Blocks.OfType<ActionsBlock>());
    }

    [Fact]
    public async Task An_end_is_not_written_before_the_last_passing_state_of_its_card_is_over()
    {
        await using var gate = await GateHarness.StartAsync();
        var arrives = new TaskCompletionSource();
        gate.Replies.OnItsWay = arrives.Task;
        var waiting = await gate.RunAsync("ana", "change something");
        await gate.ApproveAsync("li", waiting.ApprovalId!);

        // Another gateway may send the end: what this one shows must be over by then.
        await Until.TrueAsync(() => !gate.Replies.ProgressEnds.IsEmpty);
        Assert.Equal("running", gate.Replies.Card.State);
        Assert.Equal(InvocationStatus.Running, (await gate.Gate.FindAsync(waiting.InvocationId, TestContext.Current.CancellationToken))!.Status);
        arrives.SetResult();
        await gate.WaitAsync(waiting.InvocationId);
        Assert.Equal("succeeded", gate.Replies.Card.State);
    }

    [Fact]
    public async Task Of_fifty_that_a_model_asks_for_at_once_twenty_get_cards_and_the_rest_is_refused_until_some_are_decided()
    {
        await using var gate = await GateHarness.StartAsync();
        var asked = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => gate.CallAsync(gate.RunRequest("ana", $"change {i}") with { Source = "agent", Why = "it seemed right" })));

        var waiting = asked.Where(o => o.Status == InvocationStatus.Waiting).ToList();
        Assert.Equal(20, waiting.Count);
        Assert.Equal(20, gate.Replies.Messages.Count);
        Assert.Equal(20, waiting.Select(o => o.ApprovalId).Distinct().Count());
        Assert.All(asked.Except(waiting), o =>
        {
            Assert.Equal(InvocationStatus.Refused, o.Status);
            Assert.Contains("20 of your requests wait for a decision already", o.Summary, StringComparison.Ordinal);
        });
        Assert.Empty(gate.Fleet.Executions);

        // Somebody else's are their own, and a decision makes room for one.
        Assert.Equal(InvocationStatus.Waiting, (await gate.RunAsync("li", "change more")).Status);
        await gate.DenyAsync("li", waiting[0].ApprovalId!, "no");
        Assert.Equal(InvocationStatus.Waiting, (await gate.RunAsync("ana", "change again")).Status);
        Assert.Equal(InvocationStatus.Refused, (await gate.RunAsync("ana", "change once more")).Status);
    }

    [Fact]
    public async Task A_denial_runs_nothing_and_its_reason_reaches_the_requester()
    {
        await using var gate = await GateHarness.StartAsync();
        var waiting = await gate.RunAsync("ana", "change something");
        await gate.DenyAsync("li", waiting.ApprovalId!, "not today");

        var outcome = await gate.WaitAsync(waiting.InvocationId);
        Assert.Equal((InvocationStatus.Refused, FailureCode.ApprovalDenied), (outcome.Status, outcome.Failure));
        Assert.Contains("not today", outcome.Summary, StringComparison.Ordinal);
        Assert.Empty(gate.Fleet.Executions);
    }

    [Fact]
    public async Task Two_approvers_at_once_settle_it_once_and_it_runs_once_in_a_thousand_races()
    {
        await using var gate = await GateHarness.StartAsync();
        for (var i = 0; i < 1000; i++)
        {
            var waiting = await gate.RunAsync("ana", $"change {i}");
            var decisions = await Task.WhenAll(
                Task.Run(() => gate.ApproveAsync("ana", waiting.ApprovalId!)),
                Task.Run(() => i % 3 == 0 ? gate.DenyAsync("li", waiting.ApprovalId!, "no") : gate.ApproveAsync("li", waiting.ApprovalId!)));
            var outcome = await gate.WaitAsync(waiting.InvocationId);

            Assert.Single(decisions, d => d.Status == InvocationStatus.Done);
            var runs = gate.Fleet.Executions.Count(e => e.Line == $"change {i}");
            Assert.Equal(outcome.Status == InvocationStatus.Done ? 1 : 0, runs);
        }

        var settled = (await gate.Store.ReadAsync(s => gate.Approvals.List(s, [], 2000), TestContext.Current.CancellationToken)).ToList();
        Assert.Equal(1000, settled.Count);
        Assert.All(settled, a => Assert.Single(a.Votes));
        await gate.AssertRecordHoldsAsync();
    }

    [Fact]
    public async Task After_its_time_an_approval_cannot_be_given_and_nothing_runs()
    {
        await using var gate = await GateHarness.StartAsync();
        var waiting = await gate.RunAsync("ana", "change something");
        gate.Time.Advance(TimeSpan.FromMinutes(15));

        var late = await gate.ApproveAsync("li", waiting.ApprovalId!);
        Assert.Equal(InvocationStatus.Refused, late.Status);
        Assert.Equal(FailureCode.ApprovalExpired, (await gate.WaitAsync(waiting.InvocationId)).Failure);
        Assert.Equal("expired", gate.Replies.Card.State);
        Assert.Empty(gate.Fleet.Executions);
    }

    [Fact]
    public async Task A_wall_clock_that_jumps_back_does_not_reopen_what_expired()
    {
        await using var gate = await GateHarness.StartAsync();
        var waiting = await gate.RunAsync("ana", "change something");
        gate.Time.Advance(TimeSpan.FromHours(1));
        await gate.ApproveAsync("li", waiting.ApprovalId!);
        gate.Time.SetWallClock(gate.Time.GetUtcNow() - TimeSpan.FromHours(2));

        await gate.ApproveAsync("li", waiting.ApprovalId!);
        Assert.Equal(ApprovalState.Expired, (await gate.FindApprovalAsync(waiting.ApprovalId!)).State);
        Assert.Empty(gate.Fleet.Executions);
    }

    [Fact]
    public async Task A_requester_who_lost_the_role_between_approval_and_run_runs_nothing()
    {
        await using var gate = await GateHarness.StartAsync();
        gate.Bus.Loses = true;
        var waiting = await gate.RunAsync("ana", "change something");
        await gate.ApproveAsync("li", waiting.ApprovalId!);
        gate.Access.SetRoles("ana");
        gate.Bus.Loses = false;
        await gate.SweepAsync();

        var outcome = await gate.WaitAsync(waiting.InvocationId);
        Assert.Equal((InvocationStatus.Refused, FailureCode.NotAllowed), (outcome.Status, outcome.Failure));
        Assert.Equal(ApprovalState.Cancelled, (await gate.FindApprovalAsync(waiting.ApprovalId!)).State);
        Assert.Empty(gate.Fleet.Executions);
    }

    [Fact]
    public async Task An_approver_who_is_gone_before_the_run_voids_the_approval()
    {
        await using var gate = await GateHarness.StartAsync();
        gate.Bus.Loses = true;
        var waiting = await gate.RunAsync("ana", "change something");
        await gate.ApproveAsync("li", waiting.ApprovalId!);
        gate.Access.Remove("li");
        gate.Bus.Loses = false;
        await gate.SweepAsync();

        Assert.Equal(FailureCode.PlanDrifted, (await gate.WaitAsync(waiting.InvocationId)).Failure);
        Assert.Empty(gate.Fleet.Executions);
    }

    [Fact]
    public async Task A_node_that_joins_the_selector_after_the_card_was_shown_voids_the_approval()
    {
        await using var gate = await GateHarness.StartAsync();
        gate.Fleet.Add("web-1", ("role", "web"));
        var waiting = await gate.RunAsync("ana", "change something", "role=web");
        gate.Fleet.Add("web-2", ("role", "web"));
        await gate.ApproveAsync("li", waiting.ApprovalId!);

        var outcome = await gate.WaitAsync(waiting.InvocationId);
        Assert.Equal(FailureCode.PlanDrifted, outcome.Failure);
        Assert.Contains("web-2", outcome.Summary, StringComparison.Ordinal);
        Assert.Empty(gate.Fleet.Executions);
    }

    [Fact]
    public async Task A_risk_that_rises_after_the_card_was_shown_voids_the_approval()
    {
        await using var gate = await GateHarness.StartAsync();
        var waiting = await gate.RunAsync("ana", "change something");
        gate.Policy.Override = Risk.Dangerous;
        await gate.ApproveAsync("li", waiting.ApprovalId!);
        Assert.Equal(FailureCode.PlanDrifted, (await gate.WaitAsync(waiting.InvocationId)).Failure);
        Assert.Empty(gate.Fleet.Executions);
    }

    [Fact]
    public async Task Four_eyes_counts_people_not_identities()
    {
        await using var gate = await GateHarness.StartAsync(FourEyes.Always);
        gate.Access.Identities["telegram:77"] = "ana";
        var waiting = await gate.RunAsync("ana", "change something");
        var self = await gate.CallAsync(gate.Request("ana", "approvals_approve", ("id", waiting.ApprovalId!)) with { Actor = new("telegram", "", "77") });

        Assert.Equal((InvocationStatus.Refused, FailureCode.NotAllowed), (self.Status, self.Failure));
        Assert.Equal(ApprovalState.Pending, (await gate.FindApprovalAsync(waiting.ApprovalId!)).State);
        Assert.Contains(await gate.RecordsAsync(), r => r.Entry is { Kind: AuditKind.ApprovalVote, Outcome: "refused", ActorKey: "telegram:77" });
        await gate.ApproveAsync("li", waiting.ApprovalId!);
        Assert.Equal(InvocationStatus.Done, (await gate.WaitAsync(waiting.InvocationId)).Status);
    }

    [Theory]
    [InlineData("prod", true)]
    [InlineData("stage", false)]
    public async Task Four_eyes_when_prod_looks_at_the_label_of_the_nodes(string env, bool demanded)
    {
        await using var gate = await GateHarness.StartAsync(FourEyes.WhenProd);
        gate.Fleet.Add("web-1", ("env", env));
        var waiting = await gate.RunAsync("ana", "change something", "web-1");
        var self = await gate.ApproveAsync("ana", waiting.ApprovalId!);
        Assert.Equal(demanded ? InvocationStatus.Refused : InvocationStatus.Done, self.Status);
    }

    [Fact]
    public async Task Two_votes_need_two_people()
    {
        await using var gate = await GateHarness.StartAsync();
        gate.Policy.Votes = 2;
        var waiting = await gate.RunAsync("ana", "change something");
        await gate.ApproveAsync("li", waiting.ApprovalId!);
        Assert.Equal(InvocationStatus.Refused, (await gate.ApproveAsync("li", waiting.ApprovalId!)).Status);
        Assert.Empty(gate.Fleet.Executions);
        await gate.ApproveAsync("ana", waiting.ApprovalId!);
        Assert.Equal(InvocationStatus.Done, (await gate.WaitAsync(waiting.InvocationId)).Status);
    }

    [Fact]
    public async Task A_button_of_an_older_revision_or_another_plan_decides_nothing()
    {
        await using var gate = await GateHarness.StartAsync();
        var waiting = await gate.RunAsync("ana", "change something");
        var approval = await gate.FindApprovalAsync(waiting.ApprovalId!);

        var otherRevision = await gate.CallAsync(gate.Request("li", "approvals_approve", ("id", approval.Id), ("revision", "7")));
        var otherPlan = await gate.CallAsync(gate.Request("li", "approvals_approve", ("id", approval.Id), ("hash", new string('0', 16))));
        Assert.All([otherRevision, otherPlan], o => Assert.Equal(InvocationStatus.Refused, o.Status));
        Assert.Equal(ApprovalState.Pending, (await gate.FindApprovalAsync(approval.Id)).State);
    }

    [Fact]
    public async Task A_standing_grant_covers_exactly_the_command_targets_and_person_and_ends_when_revoked()
    {
        await using var gate = await GateHarness.StartAsync();
        gate.Fleet.Add("web-1");
        var waiting = await gate.RunAsync("ana", "change something");
        await gate.CallAsync(gate.Request("li", "approvals_approve", ("id", waiting.ApprovalId!), ("grant_for", "7d")));
        await gate.WaitAsync(waiting.InvocationId);

        var allowed = await gate.RunAsync("ana", "change something");
        Assert.Equal(InvocationStatus.Done, allowed.Status);
        Assert.Equal(InvocationStatus.Waiting, (await gate.RunAsync("ana", "change something ")).Status);
        Assert.Equal(InvocationStatus.Waiting, (await gate.RunAsync("ana", "change something; rm -rf /")).Status);
        Assert.Equal(InvocationStatus.Waiting, (await gate.RunAsync("ana", "change something", "web-1")).Status);
        Assert.Equal(InvocationStatus.Waiting, (await gate.RunAsync("li", "change something")).Status);

        var grant = Assert.Single(await gate.Store.ReadAsync(s => s.Approvals.Grants(10), TestContext.Current.CancellationToken));
        Assert.Equal(1, grant.Uses);
        Assert.Equal($"standing permission {grant.Id}", allowed.Rule);
        var revoked = await gate.CallAsync(gate.Request("li", "grants_revoke", ("id", grant.Id)));
        Assert.Equal((InvocationStatus.Done, "built-in: this tool needs the permission and no approval"), (revoked.Status, revoked.Rule));
        Assert.Equal(InvocationStatus.Waiting, (await gate.RunAsync("ana", "change something")).Status);
    }

    [Fact]
    public async Task A_grant_never_widens_a_role_and_ends_by_itself()
    {
        await using var gate = await GateHarness.StartAsync();
        var waiting = await gate.RunAsync("ana", "change something");
        await gate.CallAsync(gate.Request("li", "approvals_approve", ("id", waiting.ApprovalId!), ("grant_for", "1d")));
        await gate.WaitAsync(waiting.InvocationId);

        gate.Access.SetRoles("ana");
        Assert.Equal(FailureCode.NotAllowed, (await gate.RunAsync("ana", "change something")).Failure);
        gate.Access.SetRoles("ana", FakeAccess.Operator);
        gate.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(InvocationStatus.Waiting, (await gate.RunAsync("ana", "change something")).Status);
    }

    [Fact]
    public async Task What_is_dangerous_is_never_granted_in_advance()
    {
        await using var gate = await GateHarness.StartAsync();
        var waiting = await gate.RunAsync("ana", "dangerous thing");
        Assert.DoesNotContain(gate.Replies.Buttons, b => b.Label.StartsWith("Always", StringComparison.Ordinal));
        Assert.NotNull(gate.Replies.Buttons[0].Confirm);
        var refused = await gate.CallAsync(gate.Request("li", "approvals_approve", ("id", waiting.ApprovalId!), ("grant_for", "7d")));
        Assert.Equal(InvocationStatus.Refused, refused.Status);
    }

    [Fact]
    public async Task Too_many_waiting_requests_of_one_person_are_refused()
    {
        await using var gate = await GateHarness.StartAsync();
        for (var i = 0; i < 20; i++) Assert.Equal(InvocationStatus.Waiting, (await gate.RunAsync("ana", $"change {i}")).Status);
        Assert.Equal(InvocationStatus.Refused, (await gate.RunAsync("ana", "change one more")).Status);
        Assert.Equal(InvocationStatus.Waiting, (await gate.RunAsync("li", "change mine")).Status);
    }

    [Fact]
    public async Task What_was_approved_just_before_a_crash_starts_once_after_the_restart()
    {
        await using var first = await GateHarness.StartAsync();
        first.Bus.Loses = true;
        var waiting = await first.RunAsync("ana", "change something");
        await first.ApproveAsync("li", waiting.ApprovalId!);

        await using var second = await first.RestartAsync();
        Assert.Equal(InvocationStatus.Done, (await second.WaitAsync(waiting.InvocationId)).Status);
        await second.SweepAsync();
        Assert.Single(second.Fleet.Executions);
    }

    [Fact]
    public async Task A_waiting_request_survives_a_restart_and_can_be_decided_afterwards()
    {
        await using var first = await GateHarness.StartAsync();
        var waiting = await first.RunAsync("ana", "change something");
        await using var second = await first.RestartAsync();
        await second.ApproveAsync("li", waiting.ApprovalId!);
        Assert.Equal(InvocationStatus.Done, (await second.WaitAsync(waiting.InvocationId)).Status);
        Assert.Single(second.Fleet.Executions);
    }
}
