using ChatOps.Policy;
using ChatOps.Tests.Gate;
using ChatOps.Tools;

namespace ChatOps.Tests.Machines;

public sealed class ServiceToolTests
{
    private const string Running = "Type=notify\nResult=success\nMainPID=7\nLoadState=loaded\nActiveState=active\nSubState=running\nUnitFileState=enabled\n";

    [Fact]
    public async Task Status_only_reads_and_a_service_that_does_not_run_is_an_answer()
    {
        await using var gate = await MachineGate.StartAsync();
        gate.Answer(_ => FakeFleet.Exited(3, "nginx.service\n   Active: inactive (dead)\n"));
        var outcome = await gate.AskAsync("service", ("action", "status"), ("name", "nginx"), ("on", "web-1"));
        Assert.Equal(InvocationStatus.Done, outcome.Status);
        Assert.Equal(["systemctl", "status", "--no-pager", "--full", "--lines=10", "--", "nginx"], MachineGate.Words(Assert.Single(gate.Fleet.Executions)));
        Assert.Contains("does not run", MachineGate.First(outcome).GetProperty("message").GetString()!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("restart", "nginx", Risk.Change)]
    [InlineData("start", "nginx", Risk.Change)]
    [InlineData("stop", "nginx", Risk.Dangerous)]
    [InlineData("disable", "nginx", Risk.Dangerous)]
    [InlineData("restart", "ssh", Risk.Dangerous)]
    [InlineData("restart", "sshd.service", Risk.Dangerous)]
    [InlineData("reload", "NetworkManager", Risk.Dangerous)]
    [InlineData("restart", "chatops-node", Risk.Dangerous)]
    public async Task A_change_asks_and_one_that_may_cut_the_machine_off_is_dangerous(string action, string name, Risk risk)
    {
        await using var gate = await MachineGate.StartAsync();
        var waiting = await gate.AskAsync("service", ("action", action), ("name", name), ("on", "web-1"));
        Assert.Equal(InvocationStatus.Waiting, waiting.Status);
        Assert.Equal(risk, (await gate.FindApprovalAsync(waiting.ApprovalId!)).Request.Items[0].Risk);
        Assert.Empty(gate.Fleet.Executions);
    }

    [Fact]
    public async Task What_switches_the_machine_off_is_forbidden_here_too()
    {
        await using var gate = await MachineGate.StartAsync();
        var outcome = await gate.AskAsync("service", ("action", "start"), ("name", "poweroff.target"), ("on", "web-1"));
        Assert.Equal(FailureCode.Forbidden, outcome.Failure);
    }

    [Fact]
    public async Task After_a_change_it_says_what_it_finds()
    {
        await using var gate = await MachineGate.StartAsync();
        gate.Answer(line => FakeFleet.Exited(0, line.Contains(" show ", StringComparison.Ordinal) ? Running : ""));
        var outcome = await gate.ApprovedAsync("service", ("action", "restart"), ("name", "nginx"), ("on", "web-1"));
        Assert.Equal(InvocationStatus.Done, outcome.Status);
        Assert.Equal("nginx is active (running), enabled now.", MachineGate.First(outcome).GetProperty("message").GetString());
        var (change, look) = (gate.Fleet.Executions.First(), gate.Fleet.Executions.Last());
        Assert.Equal(["systemctl", "restart", "--", "nginx"], MachineGate.Words(change));
        Assert.Equal((Risk.Change, Risk.Read), (change.Risk, look.Risk));
        Assert.NotEqual(change.Id, look.Id);
    }

    [Fact]
    public async Task A_service_that_is_not_what_was_asked_for_is_no_success()
    {
        await using var gate = await MachineGate.StartAsync();
        gate.Answer(line => FakeFleet.Exited(0, line.Contains(" show ", StringComparison.Ordinal) ? "LoadState=loaded\nActiveState=failed\nSubState=failed\nUnitFileState=enabled\nType=simple\nResult=exit-code\n" : ""));
        var outcome = await gate.ApprovedAsync("service", ("action", "start"), ("name", "nginx"), ("on", "web-1"));
        Assert.Equal(InvocationStatus.Failed, outcome.Status);
        Assert.Contains("failed (failed)", MachineGate.First(outcome).GetProperty("message").GetString()!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_systemd_the_machines_own_service_manager_is_asked_and_that_is_said()
    {
        await using var gate = await MachineGate.StartAsync();
        gate.Answer(line =>
            line.StartsWith("systemctl", StringComparison.Ordinal) ? FakeFleet.Exited(1, "System has not been booted with systemd as init system (PID 1). Can't operate.\n")
            : line.StartsWith("rc-service", StringComparison.Ordinal) ? MachineGate.Absent("rc-service")
            : FakeFleet.Exited(0, "nginx is running\n"));
        var outcome = await gate.ApprovedAsync("service", ("action", "restart"), ("name", "nginx"), ("on", "web-1"));
        Assert.Equal(InvocationStatus.Done, outcome.Status);
        Assert.Contains("no systemd; asked service instead", MachineGate.First(outcome).GetProperty("message").GetString()!, StringComparison.Ordinal);
        Assert.Contains("nginx is running", MachineGate.First(outcome).GetProperty("message").GetString()!, StringComparison.Ordinal);
        // The restart, what it finds, and the check after it.
        Assert.Equal(["systemctl", "rc-service", "service", "service", "systemctl", "rc-service", "service"], gate.Fleet.Executions.Select(e => MachineGate.Words(e)[0]));
        Assert.Equal(7, gate.Fleet.Executions.Select(e => e.Id).Distinct().Count());
    }

    [Theory]
    [InlineData("-rf")]
    [InlineData("$(reboot)")]
    [InlineData("nginx\nssh")]
    [InlineData("../../etc/passwd")]
    public async Task Hostile_names_are_refused_before_anything_runs(string name)
    {
        await using var gate = await MachineGate.StartAsync();
        var outcome = await gate.AskAsync("service", ("action", "status"), ("name", name), ("on", "web-1"));
        Assert.Equal(InvocationStatus.Refused, outcome.Status);
        Assert.Empty(gate.Fleet.Executions);
    }
}
