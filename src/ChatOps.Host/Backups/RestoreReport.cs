namespace ChatOps.Host.Backups;

/// <summary>What a restore did.</summary>
/// <param name="Manifest">The backup.</param>
/// <param name="DataDirectory">Where it is now.</param>
/// <param name="Before">Where what was there before is now; null for nothing.</param>
/// <param name="Settled">How many of what were ended, by its name.</param>
internal sealed record RestoreReport(BackupManifest Manifest, string DataDirectory, string? Before, IReadOnlyDictionary<string, int> Settled);
