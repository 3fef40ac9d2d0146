using ChatOps.Checks;
using ChatOps.Messages;

namespace ChatOps.Tools.Checks;

/// <summary>Lists checks with their states.</summary>
internal sealed partial class CheckListTool(IChecks checks) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Read("List checks");

    public Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var set = call.Arguments.Text("set");
        if (set is not null && !checks.Sets.Contains(set)) return Task.FromResult(CheckText.Missing(checks, set));
        var written = checks.Written.Where(c => set is null || c.Sets.Contains(set)).ToList();
        var names = written.Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        var states = checks.States.Where(s => (set is null || names.Contains(s.Key.Check)) && (!call.Arguments.Flag("bad") || s.IsBad)).ToList();
        var seen = checks.States.Select(s => s.Key.Check).ToHashSet(StringComparer.Ordinal);
        var waiting = call.Arguments.Flag("bad") ? [] : written.Where(c => !seen.Contains(c.Name)).ToList();
        var summary = written.Count == 0 && states.Count == 0
            ? "There are no checks; write them in workspace/checks/*.yaml."
            : $"{written.Count} check{(written.Count == 1 ? "" : "s")}: {CheckText.Counts(states)}.";
        var blocks = new List<Block> { new TextBlock(PlainText.Escape(summary)) };
        blocks.AddRange(CheckText.Table(states));
        if (waiting.Count > 0) blocks.Add(new TextBlock(PlainText.Escape($"Not looked at yet: {string.Join(", ", waiting.Take(CheckText.MaxRows).Select(c => c.Enabled ? c.Name : c.Name + " (disabled)"))}.")));
        blocks.AddRange(CheckText.Problems(checks.Problems));
        return Task.FromResult(ToolAnswer.Done(summary, new RichMessage(blocks), new
        {
            checks = written.Select(c => new { name = c.Name, kind = c.Kind, description = c.Description, interval = c.Interval.TotalSeconds, on = c.On, sets = c.Sets, enabled = c.Enabled, dependsOn = c.DependsOn, file = c.File, line = c.Line }),
            states = states.Select(CheckText.Data),
            problems = checks.Problems.Select(CheckText.Data),
        }));
    }
}
