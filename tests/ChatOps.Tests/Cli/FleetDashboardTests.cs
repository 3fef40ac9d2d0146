using System.Text.Json;
using ChatOps.Cli;
using ChatOps.Cli.Client;
using ChatOps.Cli.Commands;
using Spectre.Console;

namespace ChatOps.Tests.Cli;

/// <summary>The dashboard: what needs a look first, as much as fits, jobs with their bars, and nothing of what outsiders named things acts on the terminal.</summary>
public sealed class FleetDashboardTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void A_fleet_shows_what_needs_a_look_first_and_its_jobs_with_bars()
    {
        var text = Draw(Status(3, job: true), 40);
        var lines = text.Split('\n');
        Assert.StartsWith("3 nodes: 2 online, 1 offline", lines[0], StringComparison.Ordinal);
        Assert.True(Array.FindIndex(lines, l => l.Contains("web-3", StringComparison.Ordinal)) < Array.FindIndex(lines, l => l.Contains("web-1", StringComparison.Ordinal)));
        Assert.Contains("████████████░░░░░░░░░░░░ 1/2  Run uptime on 2 nodes", text, StringComparison.Ordinal);
        Assert.Contains("1 ok · 1 running", text, StringComparison.Ordinal);
        Assert.Contains("q quits", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_large_fleet_fits_the_terminal_and_says_what_is_missing()
    {
        var text = Draw(Status(500, job: false), 24);
        Assert.True(text.TrimEnd('\n').Split('\n').Length <= 24, text);
        Assert.Contains("more nodes", text, StringComparison.Ordinal);
        Assert.Contains("Nothing runs.", text, StringComparison.Ordinal);
    }

    private static string Draw(JsonElement status, int height)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = 120;
        using var client = new GatewayClient("http://127.0.0.1:9", null, null);
        var dashboard = new FleetDashboard(new CliStreams(TextReader.Null, output, TextWriter.Null, true, false, false), client, new Dictionary<string, string>(), new Testing.FakeTimeProvider(Now));
        console.Write(dashboard.Draw(status, height));
        return output.ToString();
    }

    private static JsonElement Status(int nodes, bool job) => JsonDocument.Parse(JsonSerializer.Serialize(new
    {
        states = new Dictionary<string, int> { ["online"] = nodes - 1, ["offline"] = 1, ["drained"] = 0 },
        nodes = Enumerable.Range(1, nodes).Select(i => new { node = $"web-{i}", state = i == 3 ? "offline" : "online", version = "1.0", lastSeen = Now.AddSeconds(-i), running = job && i < 2 ? 1 : 0 }),
        jobs = job
            ? new[] { new { id = "j", title = "Run uptime on 2 nodes", requester = "ana", since = Now.AddSeconds(-9), done = 1, total = 2, counts = new Dictionary<string, int> { ["ok"] = 1, ["running"] = 1 } } }
            : [],
    })).RootElement.Clone();
}
