using System.Text.Json;
using ChatOps.Testing;

namespace ChatOps.Tests.Cli;

public sealed class DoctorTests : IDisposable
{
    private const UnixFileMode Open = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead;
    private readonly TempDirectory directory = new();

    [Fact]
    public async Task Where_nothing_is_yet_it_finds_nothing_wrong_and_makes_nothing()
    {
        var findings = await ExamineAsync();

        Assert.Contains(findings, f => f.Id == "data.none");
        Assert.DoesNotContain(findings, f => f.State == "failed");
        Assert.False(Directory.Exists(directory["data"]));
    }

    [Fact]
    public async Task Files_that_others_can_read_are_named_and_mended_only_when_asked()
    {
        await StartOnceAsync();
        var key = directory["data/redaction.key"];
        File.SetUnixFileMode(key, Open);

        var looked = await CliRun.OfAsync([.. Here("doctor")]);
        Assert.Equal(1, looked.ExitCode);
        Assert.Contains("redaction.key", looked.Output, StringComparison.Ordinal);
        Assert.Equal(Open, File.GetUnixFileMode(key));

        var mended = await CliRun.OfAsync([.. Here("doctor", "--fix")]);
        Assert.Equal(0, mended.ExitCode);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));
    }

    [Fact]
    public async Task Every_wrong_setting_is_a_finding_with_its_place()
    {
        File.WriteAllText(directory["bad.json"], "{\n  \"Approvals\": { \"Expirx\": \"1h\" }\n}");

        var run = await CliRun.OfAsync([.. Here("doctor", "--json", "--config", directory["bad.json"])]);

        Assert.Equal(1, run.ExitCode);
        var finding = Assert.Single(Read(run), f => f.Id == "settings.invalid");
        Assert.Contains("bad.json:2", finding.Text, StringComparison.Ordinal);
        Assert.Contains("Approvals:Expiry", finding.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_access_file_is_why_no_gateway_could_start()
    {
        Directory.CreateDirectory(directory["data"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.CreateDirectory(directory["workspace"]);
        File.WriteAllText(directory["workspace/access.yaml"], "rolls: {}\n");

        var findings = await ExamineAsync();

        Assert.Contains("access.yaml:1", Assert.Single(findings, f => f.Id == "gateway.files").Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_that_a_killed_gateway_left_is_found_and_removed()
    {
        await StartOnceAsync();
        File.WriteAllText(directory["data/gateway.json"], """{"url":"http://127.0.0.1:9","pid":2147483647,"startedAt":"2026-01-01T00:00:00Z","mode":"gateway","key":"x"}""");
        File.SetUnixFileMode(directory["data/gateway.json"], UnixFileMode.UserRead | UnixFileMode.UserWrite);

        Assert.Contains(await ExamineAsync("--fix"), f => f is { Id: "gateway.stale-record", Mended: true });
        Assert.DoesNotContain(await ExamineAsync(), f => f.Id == "gateway.stale-record");
    }

    [Fact]
    public async Task A_changed_record_is_found()
    {
        await StartOnceAsync();
        File.WriteAllText(directory["data/audit.checkpoint"], "nonsense");

        Assert.Contains(await ExamineAsync(), f => f is { Id: "audit.broken", State: "failed" });
    }

    [Fact]
    public async Task An_mcp_server_that_cannot_work_is_found_without_starting_it()
    {
        await StartOnceAsync();
        File.WriteAllText(directory["data/mcp.lock.json"], "nonsense");
        File.WriteAllText(directory["mcp.json"], """
            { "Mcp": { "Servers": [
              { "Name": "gone", "Command": "/no/such/program --quickly" },
              { "Name": "poor", "Command": "sh -c 'touch started'", "Environment": ["NO_SUCH_VARIABLE_HERE"] },
              { "Name": "wiki", "Url": "https://wiki.example.com/mcp" } ] } }
            """);

        var findings = await ExamineAsync("--config", directory["mcp.json"]);

        Assert.Equal("failed", Assert.Single(findings, f => f.Id == "mcp.lock").State);
        Assert.Contains("/no/such/program", Assert.Single(findings, f => f.Id == "mcp.gone.program").Text, StringComparison.Ordinal);
        Assert.Contains("NO_SUCH_VARIABLE_HERE", Assert.Single(findings, f => f.Id == "mcp.poor.variable").Text, StringComparison.Ordinal);
        Assert.Contains(findings, f => f is { Id: "mcp.wiki.untried", State: "ok" });
        Assert.False(File.Exists("started"));
        Assert.Contains(await ExamineAsync(), f => f.Id == "mcp.off");
    }

    public void Dispose() => directory.Dispose();

    private async Task StartOnceAsync() => Assert.Equal(0, (await CliRun.OfAsync([.. Here("run", "true", "--on", "local")])).ExitCode);

    private async Task<IReadOnlyList<Found>> ExamineAsync(params string[] options) => Read(await CliRun.OfAsync([.. Here(["doctor", "--json", .. options])]));

    private IEnumerable<string> Here(params string[] words) => [.. words, "--data", directory["data"], "--workspace", directory["workspace"]];

    private static IReadOnlyList<Found> Read(CliRun run)
    {
        using var body = JsonDocument.Parse(run.Output);
        return [.. body.RootElement.EnumerateArray().Select(f => new Found(
            f.GetProperty("id").GetString()!, f.GetProperty("state").GetString()!, f.GetProperty("text").GetString()!, f.GetProperty("mended").GetBoolean()))];
    }

    private sealed record Found(string Id, string State, string Text, bool Mended);
}
