using ChatOps.Identity;
using ChatOps.Messages;

namespace ChatOps.Tools.Access;

/// <summary>Says who the caller is here.</summary>
internal sealed partial class WhoAmITool(IAuthorizer authorizer) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Read("Show who you are");

    public Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var me = call.Principal;
        var tools = ToolDefinitions.All.Where(m => m.ForEverybody || authorizer.CouldUse(me, m.Name, m.Group)).Select(m => m.Name).ToList();
        var roles = me.Roles.Count == 0 ? "none" : string.Join(", ", me.Roles);
        return Task.FromResult(ToolAnswer.Done(
            $"You are {me.Id} (roles: {roles}), speaking as {call.Actor.Key}.",
            new RichMessage(
            [
                new TextBlock($"You are **{PlainText.Escape(me.Id)}**."),
                new FieldsBlock(
                [
                    new("Name", me.DisplayName), new("Roles", roles), new("Speaking as", call.Actor.Key),
                    new("Identities", me.Identities.Count == 0 ? "none linked" : string.Join(", ", me.Identities)), new("Tools", string.Join(", ", tools)),
                ]),
            ]),
            new { id = me.Id, name = me.DisplayName, roles = me.Roles, actor = call.Actor.Key, identities = me.Identities, tools }));
    }
}
