using System.Text.Json;
using ChatOps.Testing;
using ChatOps.Tests.Host;

namespace ChatOps.Tests.Cli;

public sealed class RunningGatewayTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    [Fact]
    public async Task A_piped_command_prints_the_output_alone()
    {
        var run = await RunAsync("run", "seq 3 | tac", "--on", "local");

        Assert.Equal((0, "3\n2\n1\n", ""), (run.ExitCode, run.Output, run.Error));
    }

    [Fact]
    public async Task With_json_the_outcome_is_one_object_without_what_is_for_people()
    {
        var run = await RunAsync("run", "false", "--on", "local", "--json");

        using var body = JsonDocument.Parse(run.Output);
        Assert.Equal((1, ""), (run.ExitCode, run.Error));
        Assert.Equal("failed", body.RootElement.GetProperty("status").GetString());
        Assert.Equal(1, body.RootElement.GetProperty("result").GetProperty("nodes")[0].GetProperty("exitCode").GetInt32());
        Assert.False(body.RootElement.TryGetProperty("message", out _));
    }

    [Fact]
    public async Task What_is_forbidden_is_3_and_says_why_on_standard_error()
    {
        var run = await RunAsync("run", "mkfs.ext4 /dev/sda", "--on", "local");

        Assert.Equal((3, ""), (run.ExitCode, run.Output));
        Assert.Contains("forbidden", run.Error, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task What_asks_exits_with_4_when_nobody_wants_to_wait()
    {
        var run = await RunAsync("run", "touch /nowhere/at/all", "--on", "local", "--no-wait");

        Assert.Equal(4, run.ExitCode);
        Assert.Contains("approval", run.Error, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task What_asks_waits_shows_the_card_and_ends_with_the_outcome_once_somebody_decides()
    {
        using var directory = new TempDirectory();
        var file = directory["made"];
        var waiting = RunAsync("run", $"touch {file}", "--on", "local");
        string? id = null;
        await Until.TrueAsync(async () => (id = await PendingAsync(file)) is not null);

        var denied = await RunAsync("approvals", "approve", id!, "--reason", "fine");
        var run = await waiting;

        Assert.Equal(0, denied.ExitCode);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(id!, run.Output, StringComparison.Ordinal);
        Assert.Contains($"chatops approvals approve {id}", run.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(file));
    }

    [Fact]
    public async Task What_is_denied_is_4()
    {
        var waiting = RunAsync("run", "touch /nowhere/denied", "--on", "local", "--json");
        string? id = null;
        await Until.TrueAsync(async () => (id = await PendingAsync("/nowhere/denied")) is not null);

        await RunAsync("approvals", "deny", id!, "--reason", "not now");
        var run = await waiting;

        using var body = JsonDocument.Parse(run.Output);
        Assert.Equal((4, "refused"), (run.ExitCode, body.RootElement.GetProperty("status").GetString()));
        Assert.Contains("not now", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_gets_its_answer()
    {
        var run = await RunAsync("chat", "-m", "/whoami");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("You are owner", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_owner_may_speak_as_somebody_else()
    {
        var run = await RunAsync("agent", "-m", "/whoami", "--as", "vic", "--json");

        using var body = JsonDocument.Parse(run.Output);
        Assert.Equal((0, "done"), (run.ExitCode, body.RootElement.GetProperty("state").GetString()));
        Assert.Contains("You are **vic**", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_conversation_reads_line_by_line_until_the_input_ends()
    {
        var run = await CliRun.WithInputAsync("/whoami\n\n/nodes\n", "chat", "--data", gateway.Data, "--workspace", gateway.Workspace);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("You are owner", run.Output, StringComparison.Ordinal);
        Assert.Contains("local", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_gateway_a_command_brings_its_own_for_its_length()
    {
        using var directory = new TempDirectory();

        var run = await CliRun.OfAsync("run", "echo alone", "--on", "local", "--data", directory["data"], "--workspace", gateway.Workspace);
        var audit = await CliRun.OfAsync("audit", "verify", "--data", directory["data"], "--workspace", gateway.Workspace);

        Assert.Equal((0, "alone\n", ""), (run.ExitCode, run.Output, run.Error));
        Assert.Equal(0, audit.ExitCode);
        Assert.False(File.Exists(directory["data/gateway.json"]));
    }

    [Fact]
    public async Task Two_commands_at_once_without_a_gateway_both_end_well()
    {
        using var directory = new TempDirectory();
        var runs = await Task.WhenAll(Enumerable.Range(0, 3).Select(i => Task.Run(() =>
            CliRun.OfAsync("run", $"echo {i}", "--on", "local", "--data", directory["data"], "--workspace", gateway.Workspace))));

        Assert.All(runs, r => Assert.True(r.ExitCode == 0, r.Error));
        Assert.Equal(["0\n", "1\n", "2\n"], runs.Select(r => r.Output));
    }

    private Task<CliRun> RunAsync(params string[] args) => CliRun.OfAsync([.. args, "--data", gateway.Data, "--workspace", gateway.Workspace]);

    private async Task<string?> PendingAsync(string part)
    {
        var run = await RunAsync("approvals", "list", "--json");
        using var body = JsonDocument.Parse(run.Output);
        return body.RootElement.GetProperty("result").EnumerateArray()
            .Where(a => a.GetProperty("title").GetString()!.Contains(part, StringComparison.Ordinal)).Select(a => a.GetProperty("id").GetString()).FirstOrDefault();
    }
}
