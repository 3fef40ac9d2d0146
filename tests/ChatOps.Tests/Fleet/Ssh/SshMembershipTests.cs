using ChatOps.Fleet;
using ChatOps.Testing.Ssh;

namespace ChatOps.Tests.Fleet.Ssh;

public sealed class SshMembershipTests
{
    [Fact]
    public async Task A_machine_whose_key_ssh_knows_becomes_a_node_with_labels_and_facts()
    {
        await using var fleet = await SshHarness.WithNodeAsync();

        var node = fleet.Node()!;

        Assert.Equal((NodeState.Online, NodeKind.Ssh, null), (node.State, node.Kind, node.Alert));
        Assert.Equal("web", node.Labels["role"]);
        Assert.Equal((SshServer.User, $"{SshServer.Destination} port {fleet.Server.Port}"), (node.Facts["user"], node.Facts["ssh"]));
        Assert.All(["host", "kernel", "arch", "os", "cpus", "memory", "disk", "uptime"], fact => Assert.True(node.Facts.ContainsKey(fact), fact));
        Assert.Equal(File.ReadAllText("/proc/sys/kernel/osrelease").Trim(), node.Facts["kernel"]);
        Assert.Matches(@"^[0-9.]+ [MGT]iB free of [0-9.]+ [MGT]iB$", node.Facts["memory"]);
        Assert.Contains(fleet.Audit.Entries, e => e.Nodes.Contains("web") && e.Summary.StartsWith("The node web was added: ssh ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_unknown_host_key_is_refused_with_its_fingerprint_and_taken_only_when_that_is_named()
    {
        await using var fleet = await SshHarness.StartAsync(known: false);

        var unknown = await fleet.AddAsync("web");
        var wrong = await fleet.AddAsync("web", "SHA256:" + new string('A', 43));
        var garbage = await fleet.AddAsync("web", "MD5:aa");
        Assert.Null(fleet.Node());
        var right = await fleet.AddAsync("web", fleet.Server.Fingerprint);

        Assert.Contains($"It shows {fleet.Server.Fingerprint} (ssh-ed25519)", unknown, StringComparison.Ordinal);
        Assert.EndsWith($"--host-key {fleet.Server.Fingerprint}", unknown, StringComparison.Ordinal);
        Assert.Contains("does not have the host key SHA256:AAA", wrong, StringComparison.Ordinal);
        Assert.Contains(fleet.Server.Fingerprint, wrong, StringComparison.Ordinal);
        Assert.Contains("is no fingerprint", garbage, StringComparison.Ordinal);
        Assert.Null(right);
        Assert.Equal("hello\n", (await fleet.RunAsync("echo hello")).Output);
        // What was accepted here is the gateway's own; the user's file is left alone.
        Assert.Empty(await File.ReadAllTextAsync(fleet.Server.KnownHosts, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_host_that_shows_another_key_is_quarantined_and_nothing_reaches_it()
    {
        await using var fleet = await SshHarness.WithNodeAsync();

        await fleet.Server.ChangeHostKeyAsync();
        await Testing.Until.TrueAsync(() => fleet.State() == NodeState.Quarantined);
        var result = await fleet.RunAsync($"touch {fleet.PathOf("made")}");

        Assert.Equal(ExecutionEnd.NotStarted, result.End);
        Assert.Contains("another host key", result.Message, StringComparison.Ordinal);
        Assert.Contains("another host key", fleet.Node()!.Alert, StringComparison.Ordinal);
        Assert.False(File.Exists(fleet.PathOf("made")));
        Assert.Contains(fleet.Audit.Entries, e => e.Rule == "quarantine");
    }

    [Fact]
    public async Task A_dead_host_is_no_member_and_a_member_that_dies_is_unreachable_until_it_is_back()
    {
        await using var fleet = await SshHarness.WithNodeAsync();
        await fleet.Server.StopAsync();

        await Testing.Until.TrueAsync(() => fleet.State() == NodeState.Offline);
        var run = await fleet.RunAsync("true");
        var other = await fleet.AddAsync("other");

        Assert.Equal(ExecutionEnd.Unreachable, run.End);
        Assert.Contains("Nothing was started: ", run.Message, StringComparison.Ordinal);
        Assert.Contains("Connection refused", run.Message, StringComparison.Ordinal);
        Assert.Contains("Connection refused", fleet.Node()!.Facts["problem"], StringComparison.Ordinal);
        Assert.Contains("other was not added", other, StringComparison.Ordinal);
        await fleet.Server.StartAsync();
        await Testing.Until.TrueAsync(() => fleet.State() == NodeState.Online);
        Assert.Equal(0, (await fleet.RunAsync("true")).ExitCode);
    }

    [Fact]
    public async Task A_host_that_lets_nobody_in_or_gives_no_shell_is_no_member_and_the_reason_is_told()
    {
        await using var fleet = await SshHarness.StartAsync(settings: "ForceCommand echo This account is currently not available.; exit 1");

        var stranger = await fleet.AddAsync("web", address: new SshAddress(SshServer.Destination, fleet.Server.Port, fleet.Server.StrangersKey, null));
        var noShell = await fleet.AddAsync("web");

        // The configuration's own key is offered besides the named one.
        Assert.NotNull(stranger);
        Assert.Contains("gave no shell that runs commands: This account is currently not available.", noShell, StringComparison.Ordinal);
        Assert.Empty(fleet.Nodes.All().Where(n => n.Kind == NodeKind.Ssh));
    }

    [Fact]
    public async Task A_name_from_the_ssh_configuration_is_an_address()
    {
        await using var fleet = await SshHarness.StartAsync();

        Assert.Null(await fleet.AddAsync("web", address: new SshAddress("alias", null, null, null)));

        Assert.Equal("alias\n", (await fleet.RunAsync("echo alias")).Output);
        Assert.Equal("alias", fleet.Node()!.Facts["ssh"]);
    }

    [Fact]
    public async Task A_bastion_is_gone_through()
    {
        await using var fleet = await SshHarness.StartAsync();

        Assert.Null(await fleet.AddAsync("web", address: new SshAddress(SshServer.Destination, fleet.Server.Port, null, "alias")));

        Assert.Equal("through\n", (await fleet.RunAsync("echo through")).Output);
        Assert.Equal(2, fleet.Server.Logins);
    }

    [Fact]
    public async Task One_warm_connection_serves_all_commands_however_many_come_at_once()
    {
        await using var fleet = await SshHarness.WithNodeAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => fleet.RunAsync($"echo {i}; sleep 0.2")));

        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{i}\n"), results.Select(r => r.Output));
        Assert.Equal(1, fleet.Server.Logins);
    }

    [Fact]
    public async Task Where_the_server_allows_fewer_sessions_than_are_asked_for_every_command_still_runs_once()
    {
        await using var fleet = await SshHarness.WithNodeAsync(settings: "MaxSessions 3");
        var file = fleet.PathOf("ran");

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => fleet.RunAsync($"echo {i} >> {file}; sleep 0.5")));

        Assert.All(results, r => Assert.Equal((ExecutionEnd.Exited, 0), (r.End, r.ExitCode)));
        Assert.Equal(Enumerable.Range(0, 8).Select(i => $"{i}"), (await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken)).Order());
    }

    [Fact]
    public async Task Members_are_still_members_after_a_restart_and_are_connected_again_by_themselves()
    {
        await using var fleet = await SshHarness.WithNodeAsync();

        await fleet.StopGatewayAsync();
        await fleet.StartGatewayAsync();

        Assert.Equal("web", fleet.Node()!.Labels["role"]);
        Assert.Equal("after\n", (await fleet.RunAsync("echo after")).Output);
        await Testing.Until.TrueAsync(() => fleet.State() == NodeState.Online);
    }

    [Fact]
    public async Task Labels_draining_resuming_and_removal_are_the_same_as_for_every_node()
    {
        await using var fleet = await SshHarness.WithNodeAsync();
        var none = CancellationToken.None;

        Assert.Null(await fleet.Members.LabelAsync("web", new Dictionary<string, string?> { ["env"] = "prod", ["role"] = null }, none));
        Assert.Equal(("prod", false), (fleet.Node()!.Labels["env"], fleet.Node()!.Labels.ContainsKey("role")));
        Assert.Null(await fleet.Members.DrainAsync("web", none));
        Assert.Equal(NodeState.Drained, fleet.State());
        Assert.Equal(ExecutionEnd.NotStarted, (await fleet.RunAsync("true")).End);
        Assert.Null(await fleet.Members.ResumeAsync("web", none));
        Assert.Equal(0, (await fleet.RunAsync("true")).ExitCode);
        Assert.Contains("There is a node 'web' already", await fleet.AddAsync("web"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_removal_stops_what_runs_there_and_the_name_is_free_again()
    {
        await using var fleet = await SshHarness.WithNodeAsync();
        var file = fleet.PathOf("begun");

        var running = fleet.RunAsync($"echo x > {file}; sleep 300");
        await Testing.Until.TrueAsync(() => File.Exists(file));
        Assert.Null(await fleet.Members.RemoveAsync("web", CancellationToken.None));
        var result = await running;

        Assert.Equal(ExecutionEnd.Cancelled, result.End);
        Assert.Null(fleet.Node());
        Assert.Equal(ExecutionEnd.Unreachable, (await fleet.RunAsync("true")).End);
        Assert.Null(await fleet.AddAsync("web"));
    }

    [Theory]
    [InlineData("-oProxyCommand=touch /tmp/x")]
    [InlineData("user@-host")]
    [InlineData("host;touch x")]
    [InlineData("host $(id)")]
    [InlineData("a b")]
    [InlineData("user@host,other")]
    [InlineData("%h")]
    [InlineData("")]
    public async Task What_is_no_destination_never_reaches_ssh(string destination)
    {
        await using var fleet = await SshHarness.StartAsync();

        Assert.Contains("cannot be a destination of ssh", await fleet.AddAsync("web", address: new SshAddress(destination, null, null, null)), StringComparison.Ordinal);
        Assert.Contains("cannot be a bastion", await fleet.AddAsync("web", address: new SshAddress("alias", null, null, destination)), StringComparison.Ordinal);
    }
}
