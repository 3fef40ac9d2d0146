using System.Text.Json.Nodes;
using ChatOps.EndToEnd.Harness;

namespace ChatOps.EndToEnd.CommandLine;

/// <summary>Scripts rely on the exit codes: with a gateway that runs, and without one.</summary>
public sealed class ExitCodeTests(RunningGatewayFixture running) : IClassFixture<RunningGatewayFixture>
{
    [Fact]
    public async Task Without_a_gateway_a_read_runs_in_the_commands_own_process()
    {
        using var folder = new TempFolder();
        var result = await new Commands(folder.Data).RunAsync("run", "echo alone", "--on", "local");
        Assert.Equal((0, "alone"), (result.ExitCode, result.Output.Trim()));
    }

    [Fact]
    public async Task Without_a_gateway_a_change_waits_for_the_next_one_and_then_runs()
    {
        using var folder = new TempFolder();
        var effect = folder.In("effect");
        var asked = await new Commands(folder.Data).RunAsync("run", $"touch {effect}", "--on", "local", "--no-wait", "--json");
        Assert.Equal(4, asked.ExitCode);
        var approval = (string)JsonNode.Parse(asked.Output)!["approval"]!;

        await using var gateway = await GatewayProcess.StartAsync(folder.Data);
        var approved = await new Commands(folder.Data).RunAsync("approvals", "approve", approval, "--reason", "it is time");

        Assert.True(approved.ExitCode == 0, approved.ToString());
        await Until.TrueAsync(() => Task.FromResult(File.Exists(effect)), () => "What was approved did not run.");
    }

    [Fact]
    public async Task Done_is_0_and_failed_is_1()
    {
        Assert.Equal(0, (await running.Commands.RunAsync("run", "true", "--on", "local")).ExitCode);
        Assert.Equal(1, (await running.Commands.RunAsync("run", "false", "--on", "local")).ExitCode);
        var output = await running.Commands.RunAsync("run", "echo out; ls /nowhere", "--on", "local");
        Assert.Equal(1, output.ExitCode);
        Assert.Contains("out", output.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run", "uptime")]
    [InlineData("run", "uptime", "--on", "=,=")]
    [InlineData("audit", "list", "--limit", "many")]
    [InlineData("--no-such-option")]
    [InlineData("completion", "tcsh")]
    [InlineData("chat", "--no-such-option")]
    public async Task Wrong_usage_is_2_with_a_sentence_and_no_stack(params string[] arguments)
    {
        var result = await running.Commands.RunAsync(arguments);
        Assert.True(result.ExitCode == 2, result.ToString());
        Assert.NotEmpty(result.Errors.Trim());
        Assert.DoesNotContain("   at ", result.Errors, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("runn", "run")]
    [InlineData("statsu", "status")]
    [InlineData("aprovals", "approvals")]
    public async Task A_near_miss_names_the_command_that_was_meant(string typed, string meant)
    {
        var result = await running.Commands.RunAsync(typed);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains($"Did you mean '{meant}'?", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_by_policy_is_3_and_names_the_reason()
    {
        var result = await running.Commands.RunAsync("run", "rm -rf /", "--on", "local");
        Assert.Equal(3, result.ExitCode);
        Assert.Contains("no approval can allow it", result.Output + result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Not_waiting_for_an_approval_is_4_and_leaves_it_pending()
    {
        var result = await running.Commands.RunAsync("run", $"touch {running.Folder.In("no-wait")}", "--on", "local", "--no-wait", "--json");
        Assert.Equal(4, result.ExitCode);
        var answer = JsonNode.Parse(result.Output)!;
        Assert.Equal("waiting", (string)answer["status"]!);
        var shown = await running.Commands.RunAsync("approvals", "show", (string)answer["approval"]!);
        Assert.Contains("touch", shown.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await running.Commands.RunAsync("approvals", "deny", (string)answer["approval"]!, "--reason", "not needed")).ExitCode);
    }

    [Fact]
    public async Task A_denial_ends_the_waiting_command_with_4_and_the_reason()
    {
        var command = running.Commands.RunAsync("run", $"touch {running.Folder.In("denied")}", "--on", "local");
        await running.Commands.RunAsync("approvals", "deny", await WaitingAsync("denied"), "--reason", "wrong machine");

        var result = await command;
        Assert.Equal(4, result.ExitCode);
        Assert.Contains("wrong machine", result.Output + result.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(running.Folder.In("denied")));
    }

    [Fact]
    public async Task An_approval_lets_the_waiting_command_run_and_end_with_0()
    {
        var command = running.Commands.RunAsync("run", $"touch {running.Folder.In("approved")}", "--on", "local");
        await running.Commands.RunAsync("approvals", "approve", await WaitingAsync("approved"));

        var result = await command;
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.True(File.Exists(running.Folder.In("approved")));
    }

    [Fact]
    public async Task An_unreachable_gateway_is_69()
    {
        var result = await new Commands(running.Folder.Data) { Environment = { ["CHATOPS_TOKEN"] = "none" } }.RunAsync("--gateway", "http://127.0.0.1:9", "status");
        Assert.Equal(69, result.ExitCode);
    }

    [Fact]
    public async Task A_token_of_somebody_else_is_named_in_what_is_recorded_and_ends_when_it_is_revoked()
    {
        var granted = await running.Gateway.CallApprovedAsync("access_grant", new { person = "vic", role = "viewer" });
        Assert.Equal("done", (string?)granted["status"]);
        var made = await running.Gateway.CallApprovedAsync("access_token_create", new { name = "ci", person = "vic" });
        var commands = new Commands(running.Folder.Data) { Environment = { ["CHATOPS_TOKEN"] = (string)made["secret"]! } };
        var url = running.Gateway.Address.ToString();

        Assert.Contains("vic", (await commands.RunAsync("--gateway", url, "access", "whoami")).Output, StringComparison.Ordinal);
        Assert.Equal(3, (await commands.RunAsync("--gateway", url, "run", "uptime", "--on", "local")).ExitCode);
        var recorded = await running.Commands.RunAsync("audit", "list", "--user", "vic");
        Assert.Contains("refused", recorded.Output, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("vic", recorded.Output, StringComparison.Ordinal);

        await running.Gateway.CallApprovedAsync("access_token_revoke", new { id = (string)made["result"]!["id"]! });
        var revoked = await commands.RunAsync("--gateway", url, "access", "whoami");
        Assert.NotEqual(0, revoked.ExitCode);
        Assert.Contains("revoked", revoked.Errors, StringComparison.Ordinal);
    }

    private async Task<string> WaitingAsync(string name)
    {
        JsonNode? found = null;
        await Until.TrueAsync(
            async () =>
            {
                var waiting = (await running.Gateway.CallAsync("approvals_list", new { state = "pending" }))["result"]!.AsArray();
                found = waiting.FirstOrDefault(a => a!.ToJsonString().Contains(name, StringComparison.Ordinal));
                return found is not null;
            },
            () => "The command does not ask.");
        return (string)found!["id"]!;
    }
}
