using System.Text.Json;
using ChatOps.Testing;

namespace ChatOps.Tests.Cli;

public sealed class FilterTests : IDisposable
{
    private const string Secret = "AKIAQ3EGRXZ5PBTN7WKD";
    private readonly TempDirectory directory = new();

    [Fact]
    public async Task Explain_judges_one_command_without_any_state()
    {
        var run = await CliRun.OfAsync("policy", "explain", "ls -l /tmp | head", "--json", "--data", directory["data"], "--workspace", directory["none"]);

        using var body = JsonDocument.Parse(run.Output);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(["command", "reason", "risk", "rule", "runsWithoutShell"], body.RootElement.EnumerateObject().Select(p => p.Name).Order());
        Assert.Equal(("ls -l /tmp | head", "read", true),
            (body.RootElement.GetProperty("command").GetString(), body.RootElement.GetProperty("risk").GetString(), body.RootElement.GetProperty("runsWithoutShell").GetBoolean()));
        Assert.False(Directory.Exists(directory["data"]));
    }

    [Fact]
    public async Task Explain_answers_each_line_of_standard_input_in_order_also_the_wrong_ones()
    {
        var run = await CliRun.WithInputAsync("{\"command\":\"uptime\"}\n\nnot json\n{\"command\":5}\n{\"command\":\"rm -rf /\"}\n", "policy", "explain", "-", "--json", "--workspace", directory["none"]);

        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement).ToList();
        Assert.Equal(2, run.ExitCode);
        Assert.Equal(4, lines.Count);
        Assert.Equal("read", lines[0].GetProperty("risk").GetString());
        Assert.True(lines[1].TryGetProperty("error", out _));
        Assert.True(lines[2].TryGetProperty("error", out _));
        Assert.Equal("forbidden", lines[3].GetProperty("risk").GetString());
    }

    [Fact]
    public async Task Explain_honours_the_operators_own_rules()
    {
        Directory.CreateDirectory(directory["workspace"]);
        File.WriteAllText(directory["workspace/policy.yaml"], "no-such-key: 1\n");

        var run = await CliRun.OfAsync("policy", "explain", "uptime", "--workspace", directory["workspace"]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("policy.yaml:1", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redact_replaces_secrets_and_keeps_the_rest_as_it_is()
    {
        var run = await CliRun.WithInputAsync($"first line\nkey = {Secret}\n\u001b[2Jlast", "redact");

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("first line\nkey = [redacted:", run.Output, StringComparison.Ordinal);
        Assert.EndsWith("last", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Output);
    }

    [Fact]
    public async Task Redact_finds_a_secret_across_the_border_of_two_pieces()
    {
        for (var before = (16 * 1024) - 12; before < (16 * 1024) - 6; before++)
        {
            var run = await CliRun.WithInputAsync(new string('x', before) + "\n" + Secret + "\nend", "redact", "-");

            Assert.DoesNotContain(Secret[..12], run.Output, StringComparison.Ordinal);
            Assert.EndsWith("end", run.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Redact_with_json_answers_line_by_line()
    {
        var run = await CliRun.WithInputAsync(JsonSerializer.Serialize(new { text = $"a\nb {Secret}" }) + "\n{}\n", "redact", "--json");

        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("a\nb [redacted:", JsonDocument.Parse(lines[0]).RootElement.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.True(JsonDocument.Parse(lines[1]).RootElement.TryGetProperty("error", out _));
    }

    public void Dispose() => directory.Dispose();
}
