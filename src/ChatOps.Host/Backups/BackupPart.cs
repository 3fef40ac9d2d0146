namespace ChatOps.Host.Backups;

/// <summary>One file of a backup.</summary>
/// <param name="Path">Its path below the data directory, with slashes.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Of its content, lower-case hex.</param>
internal sealed record BackupPart(string Path, long Bytes, string Sha256);
