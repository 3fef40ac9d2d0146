namespace ChatOps.Storage;

/// <summary>The store cannot do it now; nothing was committed. The message says why and what to do, for people.</summary>
public sealed class StoreUnavailableException : Exception
{
    /// <summary>Creates it.</summary>
    public StoreUnavailableException(string message, Exception? inner = null) : base(message, inner)
    {
    }
}
