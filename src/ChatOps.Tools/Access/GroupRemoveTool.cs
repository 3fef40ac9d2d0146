using ChatOps.Storage;

namespace ChatOps.Tools.Access;

/// <summary>Takes a group's admission back.</summary>
internal sealed partial class GroupRemoveTool(IStore store) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Change(
        "access.group", "Nobody is answered in it any more.", $"Remove the group {call.Arguments.Required("group")}", $"access group remove {call.Arguments.Required("group")}");

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var group = call.Arguments.Required("group");
        if (!GroupName.TryRead(group, out var channel, out var chat)) return ToolAnswer.Failed(FailureCode.BadArguments, GroupName.Form);
        return await store.WriteAsync(s => s.Admissions.RemoveGroup(channel, chat), cancellationToken)
            ? ToolAnswer.Done($"The group {group} is not admitted any more.", new { group })
            : ToolAnswer.Failed(FailureCode.NotFound, $"There is no group '{group}'. 'access group list' lists them.");
    }
}
