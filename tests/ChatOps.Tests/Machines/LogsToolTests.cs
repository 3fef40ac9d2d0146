using ChatOps.Fleet;
using ChatOps.Policy;
using ChatOps.Tests.Gate;
using ChatOps.Tools;

namespace ChatOps.Tests.Machines;

public sealed class LogsToolTests
{
    [Fact]
    public async Task The_journal_of_a_service_is_read_with_typed_arguments_and_no_shell()
    {
        await using var gate = await MachineGate.StartAsync(2);
        gate.Answer(_ => FakeFleet.Exited(0, "started\n"));
        var outcome = await gate.AskAsync("logs", ("unit", "nginx"), ("on", "role=web"), ("since", "15m"), ("grep", "it's $(x)"), ("lines", "7"));
        Assert.Equal(InvocationStatus.Done, outcome.Status);
        Assert.Equal(2, gate.Fleet.Executions.Count);
        Assert.All(gate.Fleet.Executions, e => Assert.Equal(Risk.Read, e.Risk));
        Assert.Equal(
            ["journalctl", "--no-pager", "--quiet", "--unit=nginx", "--lines=7", "--output=short-iso", "--since=-900s", "--grep=it's $(x)", "--case-sensitive=true"],
            MachineGate.Words(gate.Fleet.Executions.First()));
        Assert.Contains("2 nodes: web-1, web-2", Json.Write(outcome.Result!.Message.Blocks), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("file", "-rf", "absolute path")]
    [InlineData("file", "/var/log/../../etc/shadow", "plain")]
    [InlineData("file", "/var/log/a\nb", "control character")]
    [InlineData("unit", "--file=/etc/shadow", "no name of a service")]
    [InlineData("unit", "$(id)", "no name of a service")]
    public async Task Hostile_names_are_refused_before_anything_runs(string parameter, string value, string why)
    {
        await using var gate = await MachineGate.StartAsync();
        var outcome = await gate.AskAsync("logs", (parameter, value), ("on", "web-1"));
        Assert.Equal(InvocationStatus.Refused, outcome.Status);
        Assert.Contains(why, outcome.Summary, StringComparison.Ordinal);
        Assert.Empty(gate.Fleet.Executions);
    }

    [Theory]
    [InlineData("lines", "0")]
    [InlineData("lines", "10001")]
    [InlineData("follow", "11m")]
    [InlineData("since", "5m")]
    [InlineData("unit", "nginx")]
    public async Task What_is_out_of_bounds_or_makes_no_sense_is_refused(string parameter, string value)
    {
        await using var gate = await MachineGate.StartAsync();
        var outcome = await gate.AskAsync("logs", ("file", "/var/log/syslog"), ("on", "web-1"), (parameter, value));
        Assert.Equal(InvocationStatus.Refused, outcome.Status);
        Assert.Contains($"'{parameter}'", parameter == "unit" ? "'unit'" : outcome.Summary, StringComparison.Ordinal);
        Assert.Empty(gate.Fleet.Executions);
    }

    [Fact]
    public async Task A_protected_file_asks_like_a_typed_line_would()
    {
        await using var gate = await MachineGate.StartAsync();
        var outcome = await gate.AskAsync("logs", ("file", "/etc/shadow"), ("on", "web-1"));
        Assert.Equal(InvocationStatus.Waiting, outcome.Status);
        Assert.Empty(gate.Fleet.Executions);
    }

    [Fact]
    public async Task A_link_that_leads_to_a_protected_file_is_refused_on_that_node()
    {
        await using var gate = await MachineGate.StartAsync();
        gate.Answer(line => line.StartsWith("readlink", StringComparison.Ordinal) ? FakeFleet.Exited(0, "/etc/shadow\n") : FakeFleet.Exited(0, "root:x\n"));
        var outcome = await gate.AskAsync("logs", ("file", "/var/log/innocent"), ("on", "web-1"));
        Assert.Equal(InvocationStatus.Failed, outcome.Status);
        Assert.Equal("refused", MachineGate.First(outcome).GetProperty("outcome").GetString());
        Assert.Contains("/etc/shadow", MachineGate.First(outcome).GetProperty("message").GetString()!, StringComparison.Ordinal);
        Assert.Single(gate.Fleet.Executions);
    }

    [Fact]
    public async Task Without_journalctl_it_says_so_and_names_the_other_way()
    {
        await using var gate = await MachineGate.StartAsync();
        gate.Answer(_ => MachineGate.Absent("journalctl"));
        var outcome = await gate.AskAsync("logs", ("unit", "nginx"), ("on", "web-1"));
        Assert.Equal(InvocationStatus.Failed, outcome.Status);
        Assert.Contains("logs --file", MachineGate.First(outcome).GetProperty("message").GetString()!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_followed_for_its_time_is_done_and_was_shown_while_it_came()
    {
        await using var gate = await MachineGate.StartAsync();
        gate.Fleet.Run = (request, output, _) =>
        {
            if (request.Line.StartsWith("readlink", StringComparison.Ordinal)) return Task.FromResult(FakeFleet.Exited(0, "/var/log/syslog\n"));
            output.Append("one\n");
            return Task.FromResult(new ExecutionResult(ExecutionEnd.TimedOut, 143, "one\n", 4, 0, null, request.Timeout, "It ran longer than 5 s and was stopped."));
        };
        var outcome = await gate.AskAsync("logs", ("file", "/var/log/syslog"), ("on", "web-1"), ("follow", "5s"));
        Assert.Equal(InvocationStatus.Done, outcome.Status);
        var followed = gate.Fleet.Executions.Last();
        Assert.Equal(["tail", "-n", "100", "-F", "--", "/var/log/syslog"], MachineGate.Words(followed));
        Assert.Equal(TimeSpan.FromSeconds(5), followed.Timeout);
        Assert.Contains("Followed for 5 s.", MachineGate.First(outcome).GetProperty("message").GetString()!, StringComparison.Ordinal);
    }
}
