using ChatOps.Configuration;
using ChatOps.Diagnostics;
using ChatOps.Messages;

namespace ChatOps.Tools.Status;

/// <summary>Says how every part is, and what to do where one is not well.</summary>
internal sealed partial class StatusTool(PartsHealth parts, IEnumerable<IReloadStatus> files, GatewayClock clock) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Read("Show the status");

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var states = await parts.CheckAsync(cancellationToken);
        var worst = states.Select(s => s.Health.State).DefaultIfEmpty(PartState.Ok).Max();
        var problems = files.SelectMany(f => f.Problems).Select(p => p.ToString()).ToList();
        var headline = worst switch
        {
            PartState.Ok => "Everything works.",
            PartState.Degraded => $"Works, with a restriction: {Names(states, PartState.Degraded)}.",
            _ => $"Does not work: {Names(states, PartState.Failed)}.",
        };
        var blocks = new List<Block>
        {
            new TextBlock(headline, worst == PartState.Ok ? Tone.Ok : Tone.Failed),
            new TableBlock(["Part", "State", "Summary"], states.Select(s => (IReadOnlyList<string>)[s.Name, s.Health.State.ToString().ToLowerInvariant(), s.Health.Summary]).ToList()),
            new FieldsBlock([new("Version", clock.Version), new("Up", clock.Uptime())]),
        };
        if (problems.Count > 0) blocks.Add(new CodeBlock(string.Join("\n", problems), "Files that could not be reloaded; the last good version is in force"));
        return ToolAnswer.Done(headline, new RichMessage(blocks), new
        {
            state = worst,
            version = clock.Version,
            startedAt = clock.StartedAt,
            parts = states.Select(s => new { name = s.Name, state = s.Health.State, summary = s.Health.Summary, facts = s.Health.Facts }),
            reloadProblems = problems,
        });
    }

    private static string Names(IEnumerable<(string Name, PartHealth Health)> states, PartState state) =>
        string.Join(", ", states.Where(s => s.Health.State == state).Select(s => s.Name));
}
