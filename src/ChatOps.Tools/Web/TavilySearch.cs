using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace ChatOps.Tools.Web;

/// <summary>Tavily: <c>POST /search</c> with a bearer key.</summary>
internal sealed class TavilySearch : IWebSearch
{
    public string Name => "Tavily";

    public HttpRequestMessage Request(Uri root, string key, string query, int count) => new(HttpMethod.Post, new Uri(root, "search"))
    {
        Headers = { Authorization = new AuthenticationHeaderValue("Bearer", key) },
        Content = new StringContent(Json.Write(new { query, max_results = count, search_depth = "basic", include_answer = false }), Encoding.UTF8, "application/json"),
    };

    public IReadOnlyList<WebResult> Read(string body)
    {
        using var document = JsonDocument.Parse(body);
        return SearchJson.Results(document.RootElement, "content");
    }
}
