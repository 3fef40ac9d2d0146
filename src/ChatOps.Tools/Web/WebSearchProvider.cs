namespace ChatOps.Tools;

/// <summary>Who searches the web.</summary>
public enum WebSearchProvider
{
    /// <summary>Nobody.</summary>
    None,

    /// <summary>Brave Search's API; needs a key.</summary>
    Brave,

    /// <summary>Tavily's API; needs a key.</summary>
    Tavily,

    /// <summary>DuckDuckGo's page without scripts; needs no key and promises nothing.</summary>
    DuckDuckGo,
}
