using ChatOps.Identity;
using ChatOps.Messages;

namespace ChatOps.Tools.Access;

/// <summary>Lists people.</summary>
internal sealed partial class PeopleTool(IPrincipals principals) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Read("List people");

    public Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var people = principals.All();
        var rows = people.Select(p => (IReadOnlyList<string>)[p.Id, p.DisplayName, string.Join(", ", p.Roles), string.Join(", ", p.Identities)]).ToList();
        var summary = $"{people.Count} {(people.Count == 1 ? "person" : "people")}.";
        return Task.FromResult(ToolAnswer.Done(
            summary,
            new RichMessage([new TextBlock(summary), new TableBlock(["Person", "Name", "Roles", "Identities"], rows)]),
            people.Select(p => new { id = p.Id, name = p.DisplayName, roles = p.Roles, identities = p.Identities }).ToList()));
    }
}
