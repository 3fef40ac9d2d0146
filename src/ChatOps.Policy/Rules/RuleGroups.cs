using System.Collections.Concurrent;
using ChatOps.Configuration;
using ChatOps.Fleet;

namespace ChatOps.Policy.Rules;

/// <summary>
/// The groups that rules name. They are written in access.yaml, so one can vanish under a rule that is in force: the rule then goes on to hold for the
/// nodes that the group meant last. Without that a renamed group would quietly loosen every rule over it.
/// </summary>
/// <param name="groups">What is written now; null where nothing knows groups, as in a judgement of one line.</param>
internal sealed class RuleGroups(INodeGroups? groups)
{
    private readonly ConcurrentDictionary<string, Selector> _last = new(StringComparer.Ordinal);

    /// <summary>What is written now. Another object after every change.</summary>
    public object? Written => groups?.All;

    /// <summary>The groups that a new text names and that nobody wrote.</summary>
    public IReadOnlyList<ConfigurationProblem> Unknown(PolicySnapshot snapshot, string file)
    {
        if (groups is null) return [];
        var written = groups.All;
        return [.. snapshot.Groups.Where(use => !written.ContainsKey(use.Group)).Select(use => Problem(file, use, written.Keys, "the rule would hold for no node"))];
    }

    /// <summary>The groups that a text in force names and that are gone.</summary>
    public IReadOnlyList<ConfigurationProblem> Gone(PolicySnapshot snapshot, string file)
    {
        if (groups is null) return [];
        var written = groups.All;
        return [.. snapshot.Groups.Where(use => !written.ContainsKey(use.Group)).Select(use => Problem(
            file, use, written.Keys, _last.TryGetValue(use.Group, out var last) ? $"until it is mended the rule holds for what the group was: {last}" : "the rule holds for no node"))];
    }

    /// <summary>Keeps in mind what the groups of a text mean now.</summary>
    public void Remember(PolicySnapshot snapshot)
    {
        if (groups is null || snapshot.Groups.Count == 0) return;
        var written = groups.All;
        foreach (var use in snapshot.Groups)
            if (written.TryGetValue(use.Group, out var now)) _last[use.Group] = now;
    }

    /// <summary>The nodes with the groups that rules name and that nobody writes any more.</summary>
    public IReadOnlyList<NodeInfo> Complete(PolicySnapshot snapshot, IReadOnlyList<NodeInfo> nodes)
    {
        if (groups is null || snapshot.Groups.Count == 0 || nodes.Count == 0) return nodes;
        Remember(snapshot);
        var written = groups.All;
        var gone = _last.Where(g => !written.ContainsKey(g.Key)).ToList();
        return gone.Count == 0 ? nodes : [.. nodes.Select(n => n with { Groups = [.. n.Groups, .. gone.Where(g => g.Value.Matches(n)).Select(g => g.Key)] })];
    }

    private static ConfigurationProblem Problem(string file, GroupUse use, IEnumerable<string> written, string consequence)
    {
        List<string> names = [.. written.Order(StringComparer.Ordinal)];
        var there = names.Count == 0 ? "no group is written in access.yaml" : $"there are {string.Join(", ", names)}";
        return new(file, use.Line, use.Key, $"there is no group '{use.Group}', {consequence}; {there}", NearestName.Of(use.Group, names));
    }
}
