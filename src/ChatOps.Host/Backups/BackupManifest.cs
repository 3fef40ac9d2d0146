namespace ChatOps.Host.Backups;

/// <summary>What a backup holds: its first entry.</summary>
/// <param name="Format">The form of what follows.</param>
/// <param name="Epoch">This backup's own id; the record of a restored gateway names it.</param>
/// <param name="Version">The program that made it.</param>
/// <param name="Provider">The form of the database in it.</param>
/// <param name="Schema">The version of its schema.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Parts">The files.</param>
internal sealed record BackupManifest(int Format, string Epoch, string Version, string Provider, int Schema, DateTimeOffset CreatedAt, IReadOnlyList<BackupPart> Parts)
{
    /// <summary>Its name in the archive.</summary>
    public const string FileName = "manifest.json";

    /// <summary>The form that this program writes and reads.</summary>
    public const int CurrentFormat = 1;

    /// <summary>The one form of the database in a backup, whatever keeps the store.</summary>
    public const string Sqlite = "sqlite";
}
