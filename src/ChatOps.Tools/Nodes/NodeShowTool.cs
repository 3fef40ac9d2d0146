using ChatOps.Configuration;
using ChatOps.Fleet;
using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Tools.Nodes;

/// <summary>Shows one node.</summary>
internal sealed partial class NodeShowTool(INodes nodes, IStore store) : ITool
{
    private const int RecentRuns = 10;

    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Read("Show a node");

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var name = call.Arguments.Required("name");
        var all = nodes.All();
        if (all.FirstOrDefault(n => n.Name == name) is not { } node)
        {
            var near = NearestName.Of(name, all.Select(n => n.Name));
            return ToolAnswer.Failed(FailureCode.NotFound, $"There is no node '{name}'." + (near is null ? " 'nodes' lists them." : $" Did you mean '{near}'?"));
        }

        var recent = await store.ReadAsync(s => s.Invocations.RecentOn(name, RecentRuns), cancellationToken);
        var fields = new List<Field> { new("State", NodeText.State(node.State)), new("Labels", NodeText.Labels(node)), new("Last seen", $"{node.LastSeen:yyyy-MM-dd HH:mm:ss} UTC") };
        if (node.Version.Length > 0) fields.Add(new("Version", node.Version));
        fields.AddRange(node.Facts.Select(f => new Field(f.Key, f.Value)));
        var blocks = new List<Block> { new TextBlock($"**{PlainText.Escape(name)}**"), new FieldsBlock(fields) };
        if (node.Alert is { } alert) blocks.Insert(1, new TextBlock(PlainText.Escape(alert), Tone.Failed));
        if (node.Upgrade is { } upgrade) blocks.Add(new TextBlock(PlainText.Escape(upgrade)));
        if (recent.Count > 0)
        {
            blocks.Add(new TableBlock(["When", "Who", "Tool", "Status"],
                recent.Select(r => (IReadOnlyList<string>)[$"{r.CreatedAt:MM-dd HH:mm} UTC", r.Principal, r.Tool, r.Status.ToString().ToLowerInvariant()]).ToList()));
        }

        return ToolAnswer.Done($"{name} is {NodeText.State(node.State)}", new RichMessage(blocks), new
        {
            node = NodeText.Data(node),
            recent = recent.Select(r => new { id = r.Id, tool = r.Tool, principal = r.Principal, status = r.Status, createdAt = r.CreatedAt }),
        });
    }
}
