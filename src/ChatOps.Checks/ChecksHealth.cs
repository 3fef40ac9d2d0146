using System.Globalization;
using ChatOps.Diagnostics;

namespace ChatOps.Checks;

/// <summary>How many checks stand how, and whether their files can be read. A finding is not a fault of the gateway: the part is well although machines are not.</summary>
internal sealed class ChecksHealth(IChecks checks) : IHealthPart
{
    public string Name => "checks";

    public Task<PartHealth> CheckAsync(CancellationToken cancellationToken)
    {
        var states = checks.States;
        var facts = Enum.GetValues<CheckLevel>().ToDictionary(
            level => level.ToString().ToLowerInvariant(), level => states.Count(s => s.Level == level).ToString(CultureInfo.InvariantCulture));
        var written = checks.Written.Count(c => c.Enabled);
        var bad = states.Count(s => s.IsBad);
        var summary = $"{written} check{(written == 1 ? "" : "s")}, {(bad == 0 ? "nothing found" : $"{bad} not well")}";
        return Task.FromResult(checks.Problems is [var first, ..] problems
            ? new PartHealth(PartState.Degraded, $"{first}{(problems.Count > 1 ? $" ({problems.Count - 1} more; 'check list' names them)" : "")} The other checks are looked at.", facts)
            : new(PartState.Ok, summary, facts));
    }
}
