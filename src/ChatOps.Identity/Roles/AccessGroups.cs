using ChatOps.Fleet;
using ChatOps.Identity.Files;

namespace ChatOps.Identity.Roles;

/// <summary>The groups of nodes in the version of access.yaml that is in force.</summary>
internal sealed class AccessGroups(AccessFiles files) : INodeGroups
{
    public IReadOnlyDictionary<string, Selector> All => files.Snapshot.Groups;
}
