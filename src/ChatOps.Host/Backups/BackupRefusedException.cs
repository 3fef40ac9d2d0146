namespace ChatOps.Host.Backups;

/// <summary>A backup cannot be made or taken as things are; the message says why and what to do, for people.</summary>
internal sealed class BackupRefusedException : Exception
{
    /// <summary>Creates it.</summary>
    public BackupRefusedException(string message, Exception? inner = null) : base(message, inner)
    {
    }
}
