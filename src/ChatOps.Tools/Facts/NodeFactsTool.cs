using System.Globalization;
using ChatOps.Fleet;
using ChatOps.Fleet.Facts;
using ChatOps.Messages;
using ChatOps.Policy;
using ChatOps.Tools.Machines;
using ChatOps.Tools.Nodes;
using ChatOps.Tools.Run;

namespace ChatOps.Tools.Facts;

/// <summary>
/// Facts of nodes. Those of the gateway's machine and of daemons come with every heartbeat; a node without one is asked with one command
/// line that only reads.
/// </summary>
internal sealed partial class NodeFactsTool(NodeRunner runner, TargetRuns targets) : ITool
{
    private const int RowsShown = 50;
    private const int NamesShown = 10;
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(30);
    private static readonly string[] Moving = ["load", "memory", "disk", "uptime"];

    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) =>
        ToolRisk.Read($"Facts of {TypedRisk.Scope(call)}");

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var silent = call.Targets.Where(n => (n.Kind == NodeKind.Ssh || !n.Facts.ContainsKey("kernel")) && n.State is NodeState.Online or NodeState.Drained).ToList();
        var asked = silent.Count == 0 ? [] : (await targets.AllAsync(call with { Targets = silent }, progress, false, (node, output, stop) => AskAsync(call, node, output, stop), cancellationToken)).ToDictionary(r => r.Node);
        var all = call.Targets.Select(n => Of(n, asked.GetValueOrDefault(n.Name))).ToList();
        var told = all.Count(f => f.Facts.Count > 0);
        var summary = $"Facts of {told} of {all.Count} node{(all.Count == 1 ? "" : "s")}";
        var status = told == all.Count ? InvocationStatus.Done : told == 0 ? InvocationStatus.Failed : InvocationStatus.Partial;
        return new ToolResult(
            status, summary, new RichMessage(all is [var only] ? One(only) : Many(all, summary)),
            Json.Write(all.Select(f => new { node = f.Node.Name, state = f.Node.State, version = f.Node.Version, facts = f.Facts, lastSeen = f.Node.LastSeen, message = f.Problem })),
            told == all.Count ? FailureCode.None : FailureCode.NodeUnreachable);
    }

    private Task<NodeRun> AskAsync(ToolCall call, NodeInfo node, IExecutionOutput output, CancellationToken cancellationToken) =>
        runner.RunAsync(call, node, new NodeCommand(FactsByCommand.Line, FactsByCommand.Program) { Step = "facts", Timeout = Time, Risk = Risk.Read }, NoOutput.Instance, cancellationToken);

    private static NodeFacts Of(NodeInfo node, NodeRun? asked)
    {
        var facts = asked?.Result.End == ExecutionEnd.Exited ? FactsByCommand.Read(asked.Result.Output) : node.Facts;
        return new NodeFacts(node, facts, facts.Count > 0
            ? node.State is NodeState.Offline or NodeState.Quarantined ? string.Create(CultureInfo.InvariantCulture, $"{NodeText.State(node.State)}, as of {node.LastSeen:yyyy-MM-dd HH:mm} UTC") : null
            : asked?.Result.Message ?? $"{NodeText.State(node.State)}; nothing is known of it");
    }

    private static List<Block> One(NodeFacts only)
    {
        var fields = new List<Field> { new("State", only.Problem ?? NodeText.State(only.Node.State)) };
        if (only.Node.Version.Length > 0) fields.Add(new("Daemon", only.Node.Version));
        fields.AddRange(only.Facts.Select(f => new Field(f.Key, f.Value)));
        return [new TextBlock($"**{PlainText.Escape(only.Node.Name)}**"), new FieldsBlock(fields)];
    }

    // What is alike stands once, with the names; what moves stands for each.
    private static List<Block> Many(List<NodeFacts> all, string summary)
    {
        var groups = all.GroupBy(f => (f.Fact("os"), f.Fact("kernel"), f.Fact("arch"), f.Fact("cpus"), f.Node.Version)).OrderByDescending(g => g.Count()).ToList();
        var blocks = new List<Block>
        {
            new TextBlock(PlainText.Escape(summary)),
            new TableBlock(
                ["Nodes", "System", "Kernel", "Arch", "CPUs", "Daemon"],
                [.. groups.Take(RowsShown).Select(g => (IReadOnlyList<string>)
                [
                    (g.Count() == 1 ? "" : $"{g.Count()} nodes: ") + OutcomeText.Names([.. g.Select(f => f.Node.Name)], NamesShown), g.Key.Item1, g.Key.Item2, g.Key.Item3, g.Key.Item4, g.Key.Version,
                ])]),
            new TableBlock(
                ["Node", "Load", "Memory", "Disk", "Up", "Note"],
                [.. all.Take(RowsShown).Select(f => (IReadOnlyList<string>)[f.Node.Name, .. Moving.Select(f.Fact), f.Problem ?? ""])]),
        };
        if (all.Count > RowsShown) blocks.Add(new TextBlock($"and {all.Count - RowsShown} more nodes; --json has them all."));
        return blocks;
    }
}
