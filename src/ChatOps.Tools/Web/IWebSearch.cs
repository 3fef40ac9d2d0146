namespace ChatOps.Tools.Web;

/// <summary>A service that searches the web.</summary>
internal interface IWebSearch
{
    /// <summary>Its name, for people.</summary>
    string Name { get; }

    /// <summary>The request that it takes.</summary>
    /// <param name="root">The root of the service.</param>
    /// <param name="key">The key; empty where none is needed.</param>
    /// <param name="query">What is searched.</param>
    /// <param name="count">How many results at most.</param>
    HttpRequestMessage Request(Uri root, string key, string query, int count);

    /// <summary>Reads its answer.</summary>
    /// <param name="body">The answer.</param>
    /// <exception cref="System.Text.Json.JsonException">It is not what the service promises.</exception>
    /// <exception cref="WebReadException">The service says that it does not answer.</exception>
    IReadOnlyList<WebResult> Read(string body);
}
