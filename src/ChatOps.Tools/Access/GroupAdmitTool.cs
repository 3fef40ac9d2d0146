using ChatOps.Storage;

namespace ChatOps.Tools.Access;

/// <summary>Admits a group. It gives nobody a right: what is said in it counts as far as the person who says it is known.</summary>
internal sealed partial class GroupAdmitTool(IStore store, TimeProvider time) : ITool
{
    public ToolManifest Manifest => Definition;

    public async ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var group = call.Arguments.Required("group");
        var assessment = await ToolRisk.Change("access.group", "Answers to known people are then seen by everybody in the group.", $"Admit the group {group}", $"access group admit {group}");
        return GroupName.TryRead(group, out _, out _) ? assessment : assessment with { Problem = GroupName.Form };
    }

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        if (!GroupName.TryRead(call.Arguments.Required("group"), out var channel, out var chat)) return ToolAnswer.Failed(FailureCode.BadArguments, GroupName.Form);
        var group = await store.WriteAsync(
            session =>
            {
                var name = session.Admissions.FindGroup(channel, chat)?.Name ?? chat;
                var row = new GroupRow(channel, chat, name, Admitted: true, call.Principal.Id, time.GetUtcNow());
                session.Admissions.SetGroup(row);
                return row;
            },
            cancellationToken);
        return ToolAnswer.Done($"The group {group.Name} ({GroupName.Of(channel, chat)}) is admitted.", new { group = GroupName.Of(channel, chat), name = group.Name });
    }
}
