namespace ChatOps.Fleet;

/// <summary>Named groups of nodes, as the operator wrote them.</summary>
public interface INodeGroups
{
    /// <summary>Every group's name and the nodes that it means, now. No group names another one.</summary>
    IReadOnlyDictionary<string, Selector> All { get; }
}
