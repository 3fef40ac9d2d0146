using System.Globalization;
using ChatOps.Diagnostics;
using ChatOps.Identity.Files;

namespace ChatOps.Identity;

/// <summary>Says whether the newest access files are in force.</summary>
internal sealed class AccessHealth(AccessFiles files) : IHealthPart
{
    public string Name => "access";

    public Task<PartHealth> CheckAsync(CancellationToken cancellationToken)
    {
        var snapshot = files.Snapshot;
        var facts = new Dictionary<string, string>
        {
            ["people"] = snapshot.Principals.Count.ToString(CultureInfo.InvariantCulture),
            ["roles"] = snapshot.Roles.Count.ToString(CultureInfo.InvariantCulture),
        };
        return Task.FromResult(new[] { files.WorkspaceStatus, files.DataStatus }.SelectMany(s => s.Problems).ToList() switch
        {
            _ when snapshot.OwnerId is null => new PartHealth(PartState.Failed, "access.yaml is not loaded; nobody may do anything.", facts),
            [var first, ..] problems => new(PartState.Degraded,
                $"The last good version stays in force: {first}{(problems.Count > 1 ? $" ({problems.Count - 1} more)" : "")}", facts),
            _ => new(PartState.Ok, $"{snapshot.Principals.Count} {(snapshot.Principals.Count == 1 ? "person" : "people")}, {snapshot.Roles.Count} roles", facts),
        });
    }
}
