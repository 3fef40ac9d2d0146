using System.Text.Json;
using ChatOps.Testing;
using ChatOps.Tools;

namespace ChatOps.Tests.Cli;

public sealed class CommandLineTests : IDisposable
{
    private readonly TempDirectory directory = new();

    [Theory]
    [InlineData("runn", "Did you mean 'run'?")]
    [InlineData("audit lsit", "Did you mean 'audit list'?")]
    [InlineData("deploy", "There is no command 'deploy'")]
    [InlineData("gateway --no-opne", "Did you mean '--no-open'?")]
    [InlineData("approvals list --stat all", "Did you mean '--state'?")]
    [InlineData("completion tcsh", "bash")]
    public async Task A_slip_is_answered_with_what_was_probably_meant_and_exit_code_2(string line, string expected)
    {
        var run = await CliRun.OfAsync(line.Split(' '));

        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_json_an_error_is_one_object_on_standard_output()
    {
        var run = await CliRun.OfAsync("--json", "gateway", "--no-opne");

        Assert.Equal(2, run.ExitCode);
        using var body = JsonDocument.Parse(run.Output);
        Assert.Equal("usage", body.RootElement.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Without_a_command_it_explains_itself_on_standard_error()
    {
        var run = await CliRun.OfAsync();

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("Usage:", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_command_of_every_tool_explains_itself_with_usage_and_examples()
    {
        foreach (var manifest in ToolDefinitions.All)
        {
            var run = await CliRun.OfAsync([.. manifest.Commands[0].Split(' '), "--help"]);

            Assert.True(run.ExitCode == 0 && run.Output.Contains($" {manifest.Commands[0]} ", StringComparison.Ordinal), manifest.Name);
            Assert.True(manifest.Examples.Count == 0 || run.Output.Contains("Examples:", StringComparison.Ordinal), manifest.Name);
            var examples = run.Output.Split("Examples:")[^1].Split('\n', StringSplitOptions.RemoveEmptyEntries);
            if (manifest.Examples.Count > 0) Assert.All(examples, line => Assert.Contains(manifest.Commands, command => line.StartsWith($"  chatops {command}", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task The_second_command_of_a_tool_has_its_examples_in_its_own_words()
    {
        var run = await CliRun.OfAsync("fleet", "exec", "--help");
        Assert.Contains("chatops fleet exec uptime --on local", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("chatops run ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_settings_stop_every_command_that_needs_them_with_every_problem()
    {
        File.WriteAllText(directory["bad.json"], "{\n \"Gatway\": {},\n \"Approvals\": { \"Expiry\": \"soon\" } }");

        var gateway = await CliRun.OfAsync("gateway", "--config", directory["bad.json"], "--data", directory["data"]);
        var check = await CliRun.OfAsync("config", "check", "--config", directory["bad.json"], "--json");

        Assert.Equal(2, gateway.ExitCode);
        Assert.Contains($"{directory["bad.json"]}:2: Gatway:", gateway.Error, StringComparison.Ordinal);
        Assert.Contains($"{directory["bad.json"]}:3: Approvals:Expiry:", gateway.Error, StringComparison.Ordinal);
        Assert.Contains("did you mean 'Gateway'", gateway.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(directory["data"]));
        using var body = JsonDocument.Parse(check.Output);
        Assert.Equal((2, 2), (check.ExitCode, body.RootElement.GetProperty("problems").GetArrayLength()));
    }

    [Fact]
    public async Task Listening_beyond_loopback_is_refused_on_the_command_line_too()
    {
        var run = await CliRun.OfAsync("gateway", "--urls", "http://0.0.0.0:0", "--data", directory["data"]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("unencrypted", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_setting_is_explained_with_value_source_and_default()
    {
        File.WriteAllText(directory["own.json"], "{ \"Approvals\": { \"Expiry\": \"2h\" } }");

        var run = await CliRun.OfAsync("config", "explain", "Expiry", "--config", directory["own.json"], "--json");

        using var body = JsonDocument.Parse(run.Output);
        var setting = Assert.Single(body.RootElement.EnumerateArray());
        Assert.Equal(("Approvals:Expiry", "2h", $"{directory["own.json"]}:1", "15m"),
            (Text("key"), Text("value"), Text("source"), Text("default")));

        string? Text(string name) => setting.GetProperty(name).GetString();
    }

    [Fact]
    public async Task A_gateway_that_is_not_there_is_69()
    {
        var before = Environment.GetEnvironmentVariable("CHATOPS_TOKEN");
        Environment.SetEnvironmentVariable("CHATOPS_TOKEN", "a-token");
        try
        {
            var run = await CliRun.OfAsync("status", "--gateway", "http://127.0.0.1:1");

            Assert.Equal(69, run.ExitCode);
            Assert.Contains("cannot be reached", run.Error, StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable("CHATOPS_TOKEN", before);
        }
    }

    [Theory]
    [InlineData("http://192.0.2.1:18790", "unencrypted")]
    [InlineData("ftp://x", "is not an address")]
    public async Task A_token_is_not_carried_to_a_doubtful_address(string url, string reason)
    {
        var run = await CliRun.OfAsync("status", "--gateway", url);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => directory.Dispose();
}
