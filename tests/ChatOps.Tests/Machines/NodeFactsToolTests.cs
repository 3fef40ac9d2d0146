using System.Diagnostics;
using System.Text.Json;
using ChatOps.Fleet.Facts;
using ChatOps.Messages;
using ChatOps.Policy;
using ChatOps.Tests.Gate;
using ChatOps.Tests.Policy;
using ChatOps.Tools;

namespace ChatOps.Tests.Machines;

public sealed class NodeFactsToolTests
{
    private const string Printed =
        "==> os <==\nPRETTY_NAME=\"Debian 12\"\nID=debian\n==> load <==\n0.10 0.20 0.30 1/2 3\n==> uptime <==\n90061.5 1\n==> memory <==\nMemTotal: 2048 kB\nMemFree: 1 kB\nMemAvailable: 1024 kB\n"
        + "==> cpu <==\nmodel name\t: Fast One\n==> host <==\nweb-1\n==> kernel <==\n6.1.0\n==> arch <==\nx86_64\n==> cpus <==\n4\n==> user <==\nops\n==> disk <==\nFilesystem 1024-blocks Used Available Capacity Mounted on\n"
        + "/dev/sda1 2097152 1 1048576 50% /\n/dev/sdb1 1024 1 512 50% /data dir\ntmpfs 5 5 5 5% /run\n";

    [Fact]
    public void What_a_machine_prints_becomes_facts()
    {
        var facts = FactsByCommand.Read(Printed);
        Assert.Equal("Debian 12", facts["os"]);
        Assert.Equal("0.10 0.20 0.30", facts["load"]);
        Assert.Equal("1 d 1 h", facts["uptime"]);
        Assert.Equal("1.0 MiB free of 2.0 MiB", facts["memory"]);
        Assert.Equal("Fast One", facts["cpu"]);
        Assert.Equal("4", facts["cpus"]);
        Assert.Equal("1.0 GiB free of 2.0 GiB", facts["disk"]);
        Assert.Equal("/data dir 512.0 KiB free of 1.0 MiB", facts["disks"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("==> cpus <==\nmany\n==> disk <==\n/dev/x 99999999999999999999 1 2 3% /\n==> uptime <==\n1e300\n==> load <==\n\n")]
    [InlineData("==> uptime <==\n-5\n==> memory <==\nMemTotal:\n==> host <==\na b c\n")]
    public void What_cannot_be_understood_is_left_out(string printed) => Assert.Empty(FactsByCommand.Read(printed));

    [Fact]
    public void The_line_only_reads_and_is_what_runs()
    {
        var judged = PolicyUnderTest.Risk.Assess(FactsByCommand.Line);
        Assert.Equal(Risk.Read, judged.Risk);
        Assert.Equal(
            FactsByCommand.Program.Pipelines.SelectMany(p => p.Commands).Select(c => string.Join(' ', c.Words.Select(w => w.Text))),
            judged.Program!.Pipelines.SelectMany(p => p.Commands).Select(c => string.Join(' ', c.Words.Select(w => w.Text))));
    }

    [Fact]
    public async Task This_very_machine_answers_the_line_with_all_its_facts()
    {
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", FactsByCommand.Line]) { RedirectStandardOutput = true })!;
        var facts = FactsByCommand.Read(await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
        Assert.All<string>(["arch", "cpus", "disk", "host", "kernel", "load", "memory", "os", "uptime", "user"], name => Assert.True(facts.ContainsKey(name), name));
        Assert.Equal(Environment.MachineName, facts["host"]);
    }

    [Fact]
    public async Task A_node_that_says_nothing_of_itself_is_asked_once_and_equal_ones_stand_together()
    {
        await using var gate = await MachineGate.StartAsync(3);
        gate.Answer(_ => FakeFleet.Exited(0, Printed));
        var outcome = await gate.AskAsync("node_facts", ("on", "role=web"));
        Assert.Equal(InvocationStatus.Done, outcome.Status);
        Assert.Equal(3, gate.Fleet.Executions.Count);
        var folded = outcome.Result!.Message.Blocks.OfType<TableBlock>().First();
        Assert.Equal("3 nodes: web-1, web-2, web-3", Assert.Single(folded.Rows)[0]);
        var data = JsonDocument.Parse(outcome.Result.DataJson).RootElement;
        Assert.Equal("6.1.0", data[2].GetProperty("facts").GetProperty("kernel").GetString());
    }

    [Fact]
    public async Task One_that_cannot_be_asked_is_said_and_the_others_are_shown()
    {
        await using var gate = await MachineGate.StartAsync(2);
        gate.Fleet.Run = (r, _, _) => Task.FromResult(r.Node == "web-1"
            ? FakeFleet.Exited(0, Printed) : new(ChatOps.Fleet.ExecutionEnd.Unreachable, null, "", 0, 0, null, TimeSpan.Zero, "web-2 is away."));
        var outcome = await gate.AskAsync("node_facts", ("on", "role=web"));
        Assert.Equal(InvocationStatus.Partial, outcome.Status);
        Assert.Equal("web-2 is away.", JsonDocument.Parse(outcome.Result!.DataJson).RootElement[1].GetProperty("message").GetString());
    }
}
