namespace ChatOps.Tools.Web;

/// <summary>Something on the web could not be read; the message is for people.</summary>
/// <param name="message">What happened and why.</param>
internal sealed class WebReadException(string message) : Exception(message);
