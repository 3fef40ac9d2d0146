namespace ChatOps.Tools.Web;

/// <summary>Something on the web could not be read; the message is for people.</summary>
/// <param name="message">What happened and why.</param>
/// <param name="refusesKey">Whether the service does not take the key.</param>
internal sealed class WebReadException(string message, bool refusesKey = false) : Exception(message)
{
    /// <summary>Whether the service does not take the key, or there is none.</summary>
    public bool RefusesKey => refusesKey;
}
