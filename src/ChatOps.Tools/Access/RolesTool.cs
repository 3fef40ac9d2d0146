using ChatOps.Identity;
using ChatOps.Messages;

namespace ChatOps.Tools.Access;

/// <summary>Lists roles.</summary>
internal sealed partial class RolesTool(IAuthorizer authorizer) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Read("List roles");

    public Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var roles = authorizer.Roles();
        var blocks = new List<Block>();
        foreach (var role in roles)
        {
            blocks.Add(new TextBlock($"**{PlainText.Escape(role.Name)}** {PlainText.Escape(role.Description)}"));
            blocks.Add(new CodeBlock(string.Join("\n", role.Allow.Concat(role.Deny).Select(r => r.ToString()))));
        }

        return Task.FromResult(ToolAnswer.Done($"{roles.Count} roles.", new RichMessage(blocks), roles));
    }
}
