using ChatOps.Fleet;

namespace ChatOps.Identity;

/// <summary>Decides permissions: tool × selector. Deny by default; deny beats allow.</summary>
public interface IAuthorizer
{
    /// <summary>May this principal use the tool on all of these nodes? Roles are looked up now, not taken from the record.</summary>
    /// <param name="principal">Who.</param>
    /// <param name="tool">Tool name.</param>
    /// <param name="group">The tool's group; a permission may name it instead of the tool.</param>
    /// <param name="targets">Every node must be allowed; empty for tools that act on the gateway alone.</param>
    AccessDecision Decide(Principal principal, string tool, string group, IReadOnlyList<NodeInfo> targets);

    /// <summary>Whether the principal may use the tool on some target; for help, completion and what a model is offered.</summary>
    bool CouldUse(Principal principal, string tool, string group);

    /// <summary>All roles with their permissions, for display.</summary>
    IReadOnlyList<RoleInfo> Roles();
}
