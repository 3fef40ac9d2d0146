using System.Globalization;
using ChatOps.Fleet;

namespace ChatOps.Storage;

/// <summary>Somebody has halted effects: until it is lifted nothing that changes something starts on the nodes that it covers.</summary>
/// <param name="Id">Short id, for lifting it.</param>
/// <param name="On">The selector, in canonical form.</param>
/// <param name="By">Who: the principal's id.</param>
/// <param name="Reason">Their words; null when none were given.</param>
/// <param name="At">Since when.</param>
public sealed record Halt(string Id, string On, string By, string? Reason, DateTimeOffset At)
{
    /// <summary>Whether work on these nodes is halted; on none of them, which is work of the gateway's own, when everything is. What cannot be read covers everything.</summary>
    public bool Covers(IReadOnlyList<NodeInfo> targets) =>
        !Selector.TryParse(On, out var selector, out _) || selector.IsAll || targets.Any(selector.Matches);

    /// <summary>As which rule its refusals stand in the record.</summary>
    public string Rule => $"halt {Id}";

    /// <summary>What, by whom, since when and why, without a full stop.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{(On == "all" ? "Everything" : $"'{On}'")} is halted by {By} since {At.ToUniversalTime():yyyy-MM-dd HH:mm} UTC{(Reason is null ? "" : $" (\"{Reason}\")")}");
}
