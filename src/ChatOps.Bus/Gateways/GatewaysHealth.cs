using System.Globalization;
using ChatOps.Diagnostics;
using ChatOps.Gateways;

namespace ChatOps.Bus.Gateways;

/// <summary>Says which gateways live and what each does, and what none of them does.</summary>
internal sealed class GatewaysHealth(IGateways gateways) : IHealthPart
{
    private const int MaxShown = 10;

    public string Name => "gateways";

    public Task<PartHealth> CheckAsync(CancellationToken cancellationToken)
    {
        var living = gateways.Living;
        var facts = living.Take(MaxShown).ToDictionary(g => $"{g.Name} {g.Id}", g => string.Create(CultureInfo.InvariantCulture, $"{string.Join(",", g.Roles)}; {g.Version}; since {g.StartedAt:yyyy-MM-dd HH:mm} UTC"));
        var missing = GatewayIdentity.AllRoles.Select(role => role.ToString().ToLowerInvariant()).Where(role => !living.Any(g => g.Roles.Contains(role))).ToList();
        var all = string.Join("; ", living.Take(MaxShown).Select(Describe)) + (living.Count > MaxShown ? $" and {living.Count - MaxShown} more" : "");
        return Task.FromResult(missing.Count == 0
            ? new PartHealth(PartState.Ok, $"{living.Count} {(living.Count == 1 ? "lives" : "live")}: {all}", facts)
            : new PartHealth(PartState.Degraded, $"No gateway that lives has the role {string.Join(" or ", missing)}, so that work waits: start one with --role {string.Join(",", missing)}. {living.Count} live: {all}", facts));
    }

    private string Describe(GatewayRow row) =>
        $"{row.Name}{(row.Id == gateways.Self.Id ? " (this one)" : "")} {(row.Roles.Count == GatewayIdentity.AllRoles.Count ? "everything" : string.Join(",", row.Roles))}";
}
