using ChatOps.Approvals;
using ChatOps.Fleet;
using ChatOps.Identity;
using ChatOps.Storage;

namespace ChatOps.Tools.Gate;

/// <summary>The call of an invocation that is in the store: what was asked, on the nodes that were meant then.</summary>
internal sealed class RestoreStage(ToolRegistry registry, IPrincipals principals, INodes nodes, IStore store, IApprovals approvals) : IGateStage
{
    public async ValueTask<InvocationOutcome?> PassAsync(GateContext context, IToolProgress progress, CancellationToken cancellationToken)
    {
        var row = context.Earlier!;
        context.Principal = principals.Resolve(context.Request.Actor);
        context.Tool = registry.Find(row.Tool);
        if (context.Principal is null || context.Tool is not IResumableTool tool)
            return context.Refuse(FailureCode.Interrupted, "The gateway stopped after this was started, and it cannot be followed any more.");
        context.Call = new ToolCall(row.Id, context.Principal, context.Request.Actor, context.Request.Conversation, ToolArguments.FromJson(row.ArgumentsJson), Targets(row));
        if (row.ApprovalId is { } approval) context.Approval = await store.ReadAsync(s => approvals.Find(s, approval), cancellationToken);
        return tool.CanResume(context.Call) ? null : context.Refuse(FailureCode.Interrupted, "Nothing of it can have gone on without the gateway.");
    }

    private List<NodeInfo> Targets(InvocationRow row)
    {
        var known = nodes.All().ToDictionary(n => n.Name, StringComparer.Ordinal);
        var none = new Dictionary<string, string>();
        return [.. row.Targets.Select(name => known.GetValueOrDefault(name) ?? new NodeInfo(name, none, NodeState.Offline, none, row.CreatedAt))];
    }
}
