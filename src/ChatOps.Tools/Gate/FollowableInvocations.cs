using ChatOps.Fleet;
using ChatOps.Storage;

namespace ChatOps.Tools.Gate;

/// <summary>Which invocations of a process that is gone may go on: commands on machines that are not the gateway's own went on without it, and plans go on behind their last step.</summary>
internal sealed class FollowableInvocations(INodes nodes)
{
    public bool Contains(InvocationRow row) =>
        row.Tool == Plans.ProposePlanTool.Definition.Name
        || (row.Tool == Run.RunTool.Definition.Name && nodes.All().Any(n => n.Kind != NodeKind.Local && row.Targets.Contains(n.Name)));
}
