using ChatOps.Checks;
using ChatOps.Messages;
using ChatOps.Tools.Reports;

namespace ChatOps.Tools.Checks;

/// <summary>Shows a check in full.</summary>
internal sealed partial class CheckShowTool(IChecks checks, ReportCharts charts, ChartPictures pictures, TimeProvider time) : ITool
{
    private const int MaxShown = 20;

    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Read("Show a check");

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var name = call.Arguments.Required("name");
        var states = checks.States.Where(s => s.Key.Check == name).ToList();
        var info = checks.Written.FirstOrDefault(c => c.Name == name);
        if (info is null && states.Count == 0) return CheckText.Missing(checks, name);
        var silences = (await checks.SilencesAsync(cancellationToken)).Where(s => s.Check == name || s.Check == CheckSilence.EveryCheck).ToList();
        var summary = $"{name}: {CheckText.Counts(states)}.";
        var blocks = new List<Block> { new TextBlock($"**{PlainText.Escape(name)}** {PlainText.Escape(info?.Description ?? "")}") };
        if (info is not null)
        {
            blocks.Add(new FieldsBlock(
            [
                new("Kind", info.Kind), new("Nodes", info.On.Length == 0 ? "looked at from the gateway" : info.On), new("Every", $"{info.Interval.TotalSeconds:0} s"),
                new("Depends on", info.DependsOn.Count == 0 ? "nothing" : string.Join(", ", info.DependsOn)), new("Enabled", info.Enabled ? "yes" : "no"), new("Written in", $"{Path.GetFileName(info.File)}:{info.Line}"),
            ]));
        }

        foreach (var silence in silences) blocks.Add(new TextBlock(PlainText.Escape($"Silenced{(silence.Target is null ? "" : " on " + silence.Target)} by {silence.By} until {CheckText.Time(silence.Until)}{(silence.Reason.Length == 0 ? "." : ": " + silence.Reason)}")));
        foreach (var state in states.Take(MaxShown))
        {
            blocks.Add(new FieldsBlock(
            [
                new("Where", state.Key.Target), new("State", $"{CheckText.Word(state.Level)} since {CheckText.Time(state.Since)}"), new("Last look", CheckText.Time(state.LastAt)),
                new("Value", CheckText.Value(state)), new("History", Sparkline.Of(state.History)), new("Found", state.Text), new("Silent", state.Muted ?? "no"),
            ]));
            if (state.Evidence.Length > 0) blocks.Add(new CodeBlock(state.Evidence, "evidence"));
        }

        if (call.Arguments.Flag("chart"))
        {
            var picture = await pictures.KeepAsync(call.InvocationId, await charts.OfAsync(states, time.GetUtcNow(), cancellationToken), cancellationToken);
            blocks.Add(picture is not null ? picture : new TextBlock("No picture could be drawn: there are too few values yet, or no Chromium is installed ('doctor' says which). The console has the chart.", Tone.Waiting));
        }

        return ToolAnswer.Done(summary, new RichMessage(blocks), new
        {
            name, kind = info?.Kind, states = states.Select(CheckText.Data),
            silences = silences.Select(s => new { target = s.Target, until = s.Until, by = s.By, reason = s.Reason }),
            history = states.ToDictionary(s => s.Key.Target, s => s.History.Select(h => new { at = h.At, level = CheckText.Word(h.Level), value = h.Value })),
        });
    }
}
