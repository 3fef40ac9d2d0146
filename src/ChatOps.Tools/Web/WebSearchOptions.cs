using ChatOps.Configuration;

namespace ChatOps.Tools;

/// <summary><c>Search</c>: who searches the web.</summary>
public sealed class WebSearchOptions
{
    /// <summary>Who. Default nobody.</summary>
    public WebSearchProvider Provider { get; set; } = WebSearchProvider.None;

    /// <summary>The key, as a reference. Not needed for DuckDuckGo.</summary>
    public string? ApiKey { get; set; }

    /// <summary>The root of the service when it is not the provider's own.</summary>
    public string? BaseUrl { get; set; }

    /// <summary>Everything that is wrong; empty when nothing is.</summary>
    public IReadOnlyList<ConfigurationProblem> Problems()
    {
        var problems = new List<ConfigurationProblem>();
        if (Provider is WebSearchProvider.Brave or WebSearchProvider.Tavily && string.IsNullOrEmpty(ApiKey))
            Add("ApiKey", "set it to a reference to the key, such as ${env:SEARCH_KEY}.");
        if (BaseUrl is null) return problems;
        if (!Uri.TryCreate(BaseUrl, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.Query.Length > 0 || address.UserInfo.Length > 0)
            Add("BaseUrl", "it is a root address such as https://api.search.brave.com, without a question mark.");
        else if (address.Scheme == "http" && !address.IsLoopback)
            Add("BaseUrl", "questions and the key would travel unencrypted; use https, or a server on this machine.");
        return problems;

        void Add(string key, string reason) => problems.Add(new("configuration", 0, "Search:" + key, reason));
    }

    /// <summary>The root in force.</summary>
    internal Uri Root => new((BaseUrl ?? Provider switch
    {
        WebSearchProvider.Brave => "https://api.search.brave.com",
        WebSearchProvider.Tavily => "https://api.tavily.com",
        _ => "https://html.duckduckgo.com",
    }).TrimEnd('/') + "/");
}
