using System.Text.RegularExpressions;

namespace ChatOps.Tools.Web;

/// <summary>DuckDuckGo's page without scripts: no key, and no promise that it stays as it is.</summary>
internal sealed partial class DuckDuckGoSearch : IWebSearch
{
    private static readonly Uri Home = new("https://duckduckgo.com/");

    public string Name => "DuckDuckGo";

    public HttpRequestMessage Request(Uri root, string key, string query, int count)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(root, "html/?q=" + Uri.EscapeDataString(query)));
        request.Headers.TryAddWithoutValidation("User-Agent", "Mozilla/5.0 (compatible; ChatOps)");
        request.Headers.TryAddWithoutValidation("Accept", "text/html");
        return request;
    }

    public IReadOnlyList<WebResult> Read(string body)
    {
        var links = Link().Matches(body);
        if (links.Count == 0 && (body.Contains("anomaly", StringComparison.OrdinalIgnoreCase) || !body.Contains("result", StringComparison.OrdinalIgnoreCase)))
            throw new WebReadException("DuckDuckGo asks whether a person is there, and answers no program now. Try later, or set Search:Provider to Brave or Tavily.");
        var results = new List<WebResult>();
        for (var i = 0; i < links.Count; i++)
        {
            if (Target(new HtmlTag("a", false, links[i].Groups[1].Value).Attribute("href")) is not { } target) continue;
            var end = i + 1 < links.Count ? links[i + 1].Index : body.Length;
            var extract = Extract().Match(body, links[i].Index, end - links[i].Index);
            results.Add(new(Text(links[i].Groups[2].Value), target, extract.Success ? Text(extract.Groups[1].Value) : ""));
        }

        return results;
    }

    private static string Text(string html) => HtmlText.Of(html, Home).Text;

    // Results lead over a page of its own that names the target; advertisements do not.
    private static string? Target(string? href)
    {
        if (href is null || !Uri.TryCreate(Home, href, out var address)) return null;
        if (!address.Host.EndsWith("duckduckgo.com", StringComparison.OrdinalIgnoreCase)) return address.AbsoluteUri;
        var named = address.Query.TrimStart('?').Split('&').FirstOrDefault(p => p.StartsWith("uddg=", StringComparison.Ordinal));
        return address.AbsolutePath == "/l/" && named is not null ? Uri.UnescapeDataString(named["uddg=".Length..]) : null;
    }

    [GeneratedRegex("""<a\b([^>]*\bclass="[^"]*\bresult__a\b[^"]*"[^>]*)>(.*?)</a>""", RegexOptions.Singleline | RegexOptions.CultureInvariant, 2_000)]
    private static partial Regex Link();

    [GeneratedRegex("""class="[^"]*\bresult__snippet\b[^"]*"[^>]*>(.*?)</(?:a|td|div)>""", RegexOptions.Singleline | RegexOptions.CultureInvariant, 2_000)]
    private static partial Regex Extract();
}
