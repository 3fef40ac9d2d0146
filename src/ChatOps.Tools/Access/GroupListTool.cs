using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Tools.Access;

/// <summary>Lists groups.</summary>
internal sealed partial class GroupListTool(IStore store) : ITool
{
    private const int MaxShown = 500;

    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Read("List groups");

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var groups = await store.ReadAsync(s => s.Admissions.Groups(MaxShown), cancellationToken);
        if (groups.Count == 0) return ToolAnswer.Done("No group is admitted.", RichMessage.Text("No group is admitted, and nobody asked in one."), Array.Empty<object>());
        var rows = groups.Select(g => (IReadOnlyList<string>)
            [GroupName.Of(g.Channel, g.Chat), g.Name, g.Admitted ? $"admitted by {g.DecidedBy}" : "not admitted", $"{g.At:yyyy-MM-dd HH:mm} UTC"]).ToList();
        return ToolAnswer.Done(
            $"{groups.Count(g => g.Admitted)} groups are admitted, {groups.Count(g => !g.Admitted)} ask.",
            new RichMessage([new TableBlock(["Group", "Name", "State", "Since"], rows)]),
            groups.Select(g => new { group = GroupName.Of(g.Channel, g.Chat), name = g.Name, admitted = g.Admitted, by = g.DecidedBy, at = g.At }).ToList());
    }
}
