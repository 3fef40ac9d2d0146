using ChatOps.Fleet;
using ChatOps.Identity.Files;

namespace ChatOps.Identity.Roles;

/// <summary>A rule ready to decide with.</summary>
internal sealed class Permission(PermissionEntry entry, AccessRule rule)
{
    private readonly bool everyTool = entry.Tool == AccessDocumentReader.EveryTool;

    /// <summary>Whether it holds on all nodes. Only such a rule covers the gateway itself, which is no node and has no labels.</summary>
    public bool Everywhere { get; } = entry.On.IsAll;

    public AccessRule Rule { get; } = rule;

    public bool Names(string tool, string group) => everyTool || entry.Tool == tool || entry.Tool == group;

    public bool Covers(NodeInfo node) => Everywhere || entry.On.Matches(node);
}
