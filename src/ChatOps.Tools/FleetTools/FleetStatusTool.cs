using ChatOps.Fleet;
using ChatOps.Jobs;
using ChatOps.Messages;
using ChatOps.Rendering;
using ChatOps.Storage;
using ChatOps.Tools.Nodes;
using ChatOps.Tools.Run;
using ChatOps.Tools.Status;

namespace ChatOps.Tools.FleetTools;

/// <summary>The fleet at a glance: how many nodes are in which state, which versions run, and who needs a look.</summary>
internal sealed partial class FleetStatusTool(INodes nodes, IStore store, IJobs jobs, GatewayClock clock, TimeProvider time) : ITool
{
    private const int Shown = 20;
    private const int NamesShown = 8;
    private const int JobsShown = 8;

    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Read("Show the fleet");

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (_, all, refusal) = ChosenNodes.Of(nodes, call.Arguments.Text("on"));
        if (refusal is not null) return refusal;
        var tokens = await store.ReadAsync(s => s.Nodes.Tokens(now), cancellationToken);
        var states = Enum.GetValues<NodeState>().ToDictionary(NodeText.State, s => all.Count(n => n.State == s));
        var versions = all.GroupBy(n => Version(n), StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).ToList();
        var other = all.Where(n => Version(n) is { Length: > 0 } v && v != clock.Version).ToList();
        var notable = all.Where(n => n.State != NodeState.Online || n.Alert is not null).OrderByDescending(n => n.Alert is not null).ThenBy(n => n.LastSeen).ToList();
        var summary = $"{all.Count} node{(all.Count == 1 ? "" : "s")}: {string.Join(", ", states.Where(s => s.Value > 0).Select(s => $"{s.Value} {s.Key}"))}".TrimEnd(' ', ':')
            + (other.Count == 0 ? "" : $"; {other.Count} not on version {clock.Version}");

        var running = jobs.Running().Where(j => j.Running.Count == 0 || j.Running.Any(n => all.Any(a => a.Name == n))).ToList();
        var load = running.SelectMany(j => j.Running).GroupBy(n => n, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        var blocks = new List<Block> { new TextBlock(PlainText.Escape(summary), notable.Count == 0 ? Tone.Ok : Tone.Plain) };
        blocks.AddRange(notable.Where(n => n.Alert is not null).Take(NamesShown).Select(n => new TextBlock(PlainText.Escape($"{n.Name}: {n.Alert}"), Tone.Failed)));
        if (notable.Count > 0)
            blocks.Add(new TableBlock(["Node", "State", "Last seen"], [.. notable.Take(Shown).Select(n => (IReadOnlyList<string>)[n.Name, NodeText.State(n.State), Ago(now - n.LastSeen)])]));
        if (notable.Count > Shown) blocks.Add(new TextBlock($"and {notable.Count - Shown} more that are not online"));
        if (other.Count > 0)
            blocks.Add(new TableBlock(["Version", "Nodes", "Which"], [.. versions.Select(v => (IReadOnlyList<string>)[v.Key.Length == 0 ? "not known" : v.Key, $"{v.Count()}", OutcomeText.Names([.. v.Select(n => n.Name)], NamesShown)])]));
        if (NodeText.Upgrades(all) is { } upgrades) blocks.Add(new TextBlock(PlainText.Escape(upgrades)));
        blocks.AddRange(running.Take(JobsShown).Select(j => new ProgressBlock(j.Title, j.Done, j.Total)));
        if (running.Count > JobsShown) blocks.Add(new TextBlock($"and {running.Count - JobsShown} more jobs"));
        if (tokens.Count > 0) blocks.Add(new TextBlock($"{tokens.Count} join token{(tokens.Count == 1 ? "" : "s")} not used yet, the last until {tokens.Max(t => t.ExpiresAt):yyyy-MM-dd HH:mm} UTC"));
        return ToolAnswer.Done(summary, new RichMessage(blocks), new
        {
            total = all.Count,
            states,
            gatewayVersion = clock.Version,
            versions = versions.Select(v => new { version = v.Key, count = v.Count(), nodes = v.Select(n => n.Name) }),
            nodes = all.Select(n => new { node = n.Name, state = n.State, version = n.Version, upgrade = n.Upgrade, lastSeen = n.LastSeen, alert = n.Alert, running = load.GetValueOrDefault(n.Name) }),
            jobs = running.Select(j => new { id = j.Id, title = j.Title, requester = j.Requester, since = j.Since, done = j.Done, total = j.Total, counts = j.Counts.ToDictionary(c => c.Word, c => c.Nodes) }),
            joinTokens = tokens.Select(t => new { createdBy = t.CreatedBy, createdAt = t.CreatedAt, expiresAt = t.ExpiresAt }),
        });
    }

    // The gateway's own machine runs the gateway itself.
    private string Version(NodeInfo node) => node.Kind == NodeKind.Local ? clock.Version : node.Version;

    private static string Ago(TimeSpan age) => age.TotalMinutes < 1 ? "now" : SpanText.Of(age) + " ago";
}
