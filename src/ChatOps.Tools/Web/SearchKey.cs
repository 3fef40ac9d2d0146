using ChatOps.Channels;
using ChatOps.Checks;
using ChatOps.Secrets;

namespace ChatOps.Tools.Web;

/// <summary>Whether the search service still takes its key. The services have no question for that alone, so each look is one search of the plan.</summary>
internal sealed class SearchKey(IEgress egress, ToolsOptions options, ISecretReferences references, IRedactor redactor, TimeProvider time) : ICredentialProbe, IDisposable
{
    private const string Question = "uptime";

    private readonly WebSearcher searcher = new(egress, options.Search, references, redactor, time);

    /// <inheritdoc/>
    public string CredentialName => "search";

    /// <inheritdoc/>
    public bool HasCredential => options.Search is { Provider: not WebSearchProvider.None, ApiKey.Length: > 0 };

    /// <inheritdoc/>
    public async Task<CredentialLook> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await searcher.SearchAsync(Question, 1, cancellationToken);
            return new(CredentialName, true, $"{options.Search.Provider} takes it.", null);
        }
        catch (WebReadException e)
        {
            return new(CredentialName, e.RefusesKey ? false : null, e.Message, null);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => searcher.Dispose();
}
