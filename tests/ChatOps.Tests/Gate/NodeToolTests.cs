using ChatOps.Fleet;
using ChatOps.Messages;
using ChatOps.Tools;

namespace ChatOps.Tests.Gate;

public sealed class NodeToolTests
{
    [Fact]
    public async Task A_join_token_is_given_to_the_caller_alone_and_asks_nobody()
    {
        await using var gate = await GateHarness.StartAsync();
        var outcome = await gate.CallAsync(gate.Request("ana", "node_token_create", ("label", "env=prod,role=web"), ("ttl", "10m")));
        Assert.Equal(InvocationStatus.Done, outcome.Status);
        Assert.Equal("join-token-of-the-fake-fleet", outcome.Result!.OneTimeSecret);
        Assert.DoesNotContain(await gate.RecordsAsync(), r => r.CanonicalJson.Contains("join-token-of-the-fake-fleet", StringComparison.Ordinal));
        Assert.Equal(InvocationStatus.Failed, (await gate.CallAsync(gate.Request("ana", "node_token_create", ("ttl", "30d")))).Status);
        Assert.Equal(InvocationStatus.Refused, (await gate.CallAsync(gate.Request("ana", "node_token_create", ("label", "prod")))).Status);
    }

    [Fact]
    public async Task Draining_is_done_at_once_and_labels_resuming_and_removing_ask()
    {
        await using var gate = await GateHarness.StartAsync();
        gate.Fleet.Add("web-1", ("role", "web"));
        Assert.Equal(InvocationStatus.Done, (await gate.CallAsync(gate.Request("ana", "node_drain", ("on", "web-1")))).Status);
        Assert.Equal(NodeState.Drained, gate.Fleet.All().Single(n => n.Name == "web-1").State);
        foreach (var (tool, more) in new[] { ("node_label", "env=prod"), ("node_resume", null), ("node_remove", null) })
        {
            var request = more is null ? gate.Request("ana", tool, ("on", "web-1")) : gate.Request("ana", tool, ("on", "web-1"), ("labels", more));
            Assert.Equal(InvocationStatus.Waiting, (await gate.CallAsync(request)).Status);
        }
    }

    [Fact]
    public async Task A_machine_reached_by_ssh_is_added_after_approval_with_exactly_the_address_that_was_shown()
    {
        await using var gate = await GateHarness.StartAsync();
        var waiting = await gate.CallAsync(gate.Request("ana", "node_add", ("name", "web-3"), ("ssh", "deploy@web-3"), ("port", "2222"), ("jump", "gate.example.org"), ("label", "role=web")));
        Assert.Equal(InvocationStatus.Waiting, waiting.Status);
        Assert.Empty(gate.Fleet.Added);
        await gate.ApproveAsync("ana", waiting.ApprovalId!);
        Assert.Equal(InvocationStatus.Done, (await gate.WaitAsync(waiting.InvocationId)).Status);
        Assert.Equal(("web-3", new SshAddress("deploy@web-3", 2222, null, "gate.example.org"), null), Assert.Single(gate.Fleet.Added));
        Assert.Equal(InvocationStatus.Refused, (await gate.CallAsync(gate.Request("ana", "node_add", ("name", "web-4"), ("ssh", "web-4"), ("label", "role")))).Status);
    }

    [Theory]
    [InlineData("web-2", "There is no node 'web-2'. Did you mean 'web-1'? Nodes: local, web-1.")]
    [InlineData("env=prdo", "No node has env=prdo. Did you mean 'prod'? Values of env: prod.")]
    [InlineData("rol=web", "No node has a label 'rol'. Did you mean 'role'? Labels: env, role.")]
    [InlineData("node in (web-1,web-2)", "There is no node 'web-2'.")]
    [InlineData("@web", "There is no group 'web': no group is written in access.yaml.")]
    public async Task A_command_for_what_does_not_exist_starts_nothing_and_says_what_does(string on, string says)
    {
        await using var gate = await GateHarness.StartAsync();
        gate.Fleet.Add("web-1", ("role", "web"), ("env", "prod"));

        var outcome = await gate.CallAsync(gate.Request("ana", "run", ("command_line", "uptime"), ("on", on)));

        Assert.Equal((InvocationStatus.Refused, FailureCode.NoTargets), (outcome.Status, outcome.Failure));
        Assert.Contains(says, outcome.Summary, StringComparison.Ordinal);
        Assert.Empty(gate.Fleet.Executions);
    }

    [Theory]
    [InlineData("nodes")]
    [InlineData("fleet_status")]
    [InlineData("access_can")]
    public async Task A_filter_for_what_does_not_exist_is_no_empty_list_but_says_what_does(string tool)
    {
        await using var gate = await GateHarness.StartAsync();
        gate.Fleet.Add("web-1", ("role", "web"), ("env", "prod"));
        (string Name, string Value)[] question = tool == "access_can" ? [("person", "ana"), ("tool", "run")] : [];

        foreach (var (on, says) in new[]
        {
            ("env=prdo", "No node has env=prdo. Did you mean 'prod'? Values of env: prod."), ("node in (web-1,web-2)", "There is no node 'web-2'. Did you mean 'web-1'?"),
            ("role=web,@web", "There is no group 'web': no group is written in access.yaml."),
        })
        {
            var outcome = await gate.CallAsync(gate.Request("ana", tool, [.. question, ("on", on)]));
            Assert.Equal((InvocationStatus.Failed, FailureCode.NoTargets), (outcome.Status, outcome.Failure));
            Assert.Contains(says, outcome.Summary, StringComparison.Ordinal);
        }

        Assert.Equal(InvocationStatus.Done, (await gate.CallAsync(gate.Request("ana", tool, [.. question, ("on", "role=web")]))).Status);
    }

    [Theory]
    [InlineData("nodes")]
    [InlineData("fleet_status")]
    [InlineData("node_show")]
    public async Task A_daemon_that_is_older_than_the_gateway_is_shown_with_what_to_do(string tool)
    {
        const string Todo = "Put the gateway's version on the machine and restart the daemon.";
        await using var gate = await GateHarness.StartAsync();
        gate.Fleet.Add("web-1");
        (string Name, string Value)[] question = tool == "node_show" ? [("name", "web-2")] : [];
        gate.Fleet.Add("web-2");
        Assert.DoesNotContain("version", Texts(await gate.CallAsync(gate.Request("ana", tool, question))), StringComparison.Ordinal);

        gate.Fleet.Old("web-2", Todo);
        Assert.Contains(Todo, Texts(await gate.CallAsync(gate.Request("ana", tool, question))), StringComparison.Ordinal);

        // Many are told in one sentence, by name.
        gate.Fleet.Old("web-3", Todo);
        if (tool != "node_show") Assert.Contains("2 nodes have an older daemon than the gateway: web-2, web-3.", Texts(await gate.CallAsync(gate.Request("ana", tool, question))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.2.2", true)]
    [InlineData("1.1.9", true)]
    [InlineData("0.9", true)]
    [InlineData("1.2.3", false)]
    [InlineData("1.2.3-rc1+abc", false)]
    [InlineData("2.0.0", false)]
    [InlineData("", false)]
    [InlineData("devel", false)]
    public void A_version_is_older_by_its_numbers_and_what_is_none_is_never_older(string daemon, bool older) =>
        Assert.Equal(older, ChatOps.Fleet.Membership.DaemonVersion.IsOlder(daemon, new Version(1, 2, 3)));

    [Fact]
    public async Task Approved_labels_are_set_and_removed()
    {
        await using var gate = await GateHarness.StartAsync();
        gate.Fleet.Add("web-1", ("role", "web"), ("canary", "yes"));
        var waiting = await gate.CallAsync(gate.Request("ana", "node_label", ("on", "web-1"), ("labels", "env=prod,canary-")));
        await gate.ApproveAsync("ana", waiting.ApprovalId!);
        Assert.Equal(InvocationStatus.Done, (await gate.WaitAsync(waiting.InvocationId)).Status);
        Assert.Equal(["env=prod", "role=web"], gate.Fleet.All().Single(n => n.Name == "web-1").Labels.Select(l => $"{l.Key}={l.Value}").Order());
    }

    [Fact]
    public async Task A_command_carries_its_risk_and_the_approval_that_allows_it()
    {
        await using var gate = await GateHarness.StartAsync();
        await gate.RunAsync("ana", "read uptime");
        var waiting = await gate.RunAsync("ana", "change it");
        await gate.ApproveAsync("ana", waiting.ApprovalId!);
        await gate.WaitAsync(waiting.InvocationId);
        Assert.Equal(
            [(ChatOps.Policy.Risk.Read, null), (ChatOps.Policy.Risk.Change, waiting.ApprovalId)],
            gate.Fleet.Executions.Select(e => (e.Risk, e.Approval)));
        Assert.DoesNotContain(gate.Fleet.Executions, e => e.OnlyAttach);
    }

    private static string Texts(InvocationOutcome outcome) => string.Join('\n', outcome.Result!.Message.Blocks.OfType<TextBlock>().Select(b => b.Markdown)).Replace("\\", "", StringComparison.Ordinal);
}
