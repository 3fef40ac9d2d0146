using ChatOps.Fleet;
using ChatOps.Storage;

namespace ChatOps.Tools.Gate;

/// <summary>Which invocations of a process that is gone may go on: commands on machines that are not the gateway's own went on without it, and plans go on behind their last step.</summary>
internal sealed class FollowableInvocations(INodes nodes)
{
    /// <summary>Whether what a process that is gone had begun can be followed to its end.</summary>
    public bool Contains(InvocationRow row) =>
        row.Tool == Plans.ProposePlanTool.Definition.Name
        || (row.Tool == Run.RunTool.Definition.Name && nodes.All().Any(n => n.Kind != NodeKind.Local && row.Targets.Contains(n.Name)));

    /// <summary>Whether all of it runs where it does not end with this process: under the daemons of nodes.</summary>
    public bool GoesOn(string tool, IReadOnlyList<string> targets) =>
        tool == Run.RunTool.Definition.Name && targets.Count > 0 && nodes.All().Where(n => n.Kind == NodeKind.Daemon).Select(n => n.Name).ToHashSet(StringComparer.Ordinal).IsSupersetOf(targets);
}
