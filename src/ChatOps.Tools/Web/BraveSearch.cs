using System.Globalization;
using System.Text.Json;

namespace ChatOps.Tools.Web;

/// <summary>Brave Search: <c>GET /res/v1/web/search</c> with <c>X-Subscription-Token</c>.</summary>
internal sealed class BraveSearch : IWebSearch
{
    public string Name => "Brave";

    public HttpRequestMessage Request(Uri root, string key, string query, int count)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(root, string.Create(CultureInfo.InvariantCulture, $"res/v1/web/search?q={Uri.EscapeDataString(query)}&count={count}&text_decorations=false")));
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        request.Headers.TryAddWithoutValidation("X-Subscription-Token", key);
        return request;
    }

    public IReadOnlyList<WebResult> Read(string body)
    {
        using var document = JsonDocument.Parse(body);
        return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("web", out var web) ? SearchJson.Results(web, "description") : [];
    }
}
