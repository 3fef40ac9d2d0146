namespace ChatOps.Host;

/// <summary>The gateway cannot start as things are; the message says why and what to do, for people.</summary>
public sealed class StartRefusedException : Exception
{
    /// <summary>Creates it.</summary>
    public StartRefusedException(string message, Exception? inner = null) : base(message, inner)
    {
    }

    /// <summary>Whether the reason is another gateway on the same data directory.</summary>
    public bool HeldByAnother { get; init; }
}
