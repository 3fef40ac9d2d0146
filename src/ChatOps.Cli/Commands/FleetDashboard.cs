using System.Globalization;
using System.Text.Json;
using ChatOps.Cli.Client;
using ChatOps.Cli.Terminal;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ChatOps.Cli.Commands;

/// <summary><c>fleet status --live</c>: nodes, what runs on them and how far it is, drawn again every second until <c>q</c> or Ctrl+C.</summary>
internal sealed class FleetDashboard(CliStreams streams, GatewayClient client, IReadOnlyDictionary<string, string> arguments, TimeProvider time)
{
    /// <summary>The tool that knows.</summary>
    public const string Tool = "fleet_status";

    /// <summary>Lines around the nodes: the headline, the table's frame and head, the jobs' heading and the last line.</summary>
    private const int OtherLines = 10;
    private const int FewestRows = 3;
    private const int BarCells = 24;
    private const int MaxJobs = 8;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan KeyPoll = TimeSpan.FromMilliseconds(100);

    /// <summary>Runs until somebody has seen enough.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(streams.Output),
            Ansi = AnsiSupport.Yes,
            ColorSystem = streams.Colours ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        });
        var first = await ReadAsync(cancellationToken);
        await console.Live(Draw(first, console.Profile.Height)).AutoClear(false).Overflow(VerticalOverflow.Crop).StartAsync(async live =>
        {
            try
            {
                while (!await QuitAsync(cancellationToken))
                {
                    live.UpdateTarget(Draw(await ReadAsync(cancellationToken), console.Profile.Height));
                    live.Refresh();
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // Ctrl+C: what was drawn last stays.
            }
        });
        return ExitCodes.Done;
    }

    /// <summary>One picture of the fleet.</summary>
    /// <param name="status">What <see cref="Tool"/> answers.</param>
    /// <param name="height">Lines of the terminal.</param>
    internal IRenderable Draw(JsonElement status, int height)
    {
        var jobs = status.GetProperty("jobs").EnumerateArray().ToList();
        // Nodes that need a look or work stand first: of a large fleet only a part fits.
        var nodes = status.GetProperty("nodes").EnumerateArray().OrderBy(Rank).ToList();
        var room = Math.Max(FewestRows, height - OtherLines - Math.Min(jobs.Count, MaxJobs));
        var table = new Table { Border = TableBorder.Rounded }.AddColumns("Node", "State", "Running", "Last seen", "Version");
        foreach (var node in nodes.Take(room)) table.AddRow(Row(node));
        var parts = new List<IRenderable> { new Markup(Headline(status, nodes.Count)), table };
        if (nodes.Count(IsOld) is > 0 and var old) parts.Add(new Markup($"[yellow]{old} with an older daemon than the gateway ({Text(status.GetProperty("gatewayVersion").GetString()!)}); 'fleet status' says what to do[/]"));
        if (nodes.Count > room) parts.Add(new Markup($"[grey]and {nodes.Count - room} more nodes[/]"));
        parts.Add(new Markup(jobs.Count == 0 ? "[grey]Nothing runs.[/]" : $"[bold]{jobs.Count} running[/]"));
        parts.AddRange(jobs.Take(MaxJobs).Select(Job));
        if (jobs.Count > MaxJobs) parts.Add(new Markup($"[grey]and {jobs.Count - MaxJobs} more jobs[/]"));
        parts.Add(new Markup("[grey]q quits[/]"));
        return new Rows(parts);
    }

    private async Task<JsonElement> ReadAsync(CancellationToken cancellationToken)
    {
        var answer = await client.CallAsync(Tool, arguments, null, cancellationToken);
        return answer.Raw.GetProperty("result") is { ValueKind: JsonValueKind.Object } result && result.TryGetProperty("nodes", out _)
            ? result
            : throw new CliFailureException(ExitCodes.Of(answer.Status, answer.Failure), "refused", answer.Summary);
    }

    private async Task<bool> QuitAsync(CancellationToken cancellationToken)
    {
        for (var waited = TimeSpan.Zero; waited < Every; waited += KeyPoll)
        {
            while (streams.InputIsTerminal && System.Console.KeyAvailable)
            {
                if (System.Console.ReadKey(intercept: true).Key is ConsoleKey.Q or ConsoleKey.Escape) return true;
            }

            await Task.Delay(KeyPoll, time, cancellationToken);
        }

        return false;
    }

    private static string Headline(JsonElement status, int total)
    {
        var states = status.GetProperty("states").EnumerateObject().Where(s => s.Value.GetInt32() > 0).Select(s => $"{s.Value.GetInt32()} {Text(s.Name)}");
        return $"[bold]{total} node{(total == 1 ? "" : "s")}[/]: {string.Join(", ", states)}";
    }

    private IRenderable[] Row(JsonElement node)
    {
        var state = node.GetProperty("state").GetString()!;
        var running = node.GetProperty("running").GetInt32();
        return
        [
            new Markup(Text(node.GetProperty("node").GetString()!)),
            new Markup($"[{(state == "online" ? "green" : state == "drained" ? "yellow" : "red")}]{Text(state)}[/]"),
            new Markup(running == 0 ? "" : running.ToString(CultureInfo.InvariantCulture)),
            new Markup(Rendering.SpanText.Of(time.GetUtcNow() - node.GetProperty("lastSeen").GetDateTimeOffset())),
            new Markup(Text(node.GetProperty("version").GetString() ?? "")),
        ];
    }

    private Markup Job(JsonElement job)
    {
        var (done, total) = (job.GetProperty("done").GetInt32(), Math.Max(1, job.GetProperty("total").GetInt32()));
        var full = Math.Clamp(done * BarCells / total, 0, BarCells);
        var counts = string.Join(" · ", job.GetProperty("counts").EnumerateObject().Select(c => $"{c.Value.GetInt32()} {Text(c.Name)}"));
        var since = time.GetUtcNow() - job.GetProperty("since").GetDateTimeOffset();
        return new Markup($"[blue]{new string('█', full)}[/][grey]{new string('░', BarCells - full)}[/] {done}/{total}  {Text(job.GetProperty("title").GetString()!)}  [grey]{counts} · {Rendering.SpanText.Of(since)} · {Text(job.GetProperty("requester").GetString()!)}[/]");
    }

    private static int Rank(JsonElement node) =>
        node.GetProperty("state").GetString() != "online" ? 0 : node.GetProperty("running").GetInt32() > 0 ? 1 : 2;

    private static bool IsOld(JsonElement node) => node.TryGetProperty("upgrade", out var upgrade) && upgrade.ValueKind == JsonValueKind.String;

    private static string Text(string text) => Markup.Escape(TerminalText.Inert(text));
}
