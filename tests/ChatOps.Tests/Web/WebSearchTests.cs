using System.Text;
using ChatOps.Host;
using ChatOps.Secrets;
using ChatOps.Tools;
using ChatOps.Tools.Web;

namespace ChatOps.Tests.Web;

/// <summary>Each search service's own wire format, against a server that refuses what the service refuses.</summary>
public sealed class WebSearchTests
{
    private const string Key = "sk-search-6f1d0c5e9b7a4d21";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Brave_is_asked_with_its_token_and_its_results_are_read()
    {
        await using var server = await WebServer.StartAsync(c =>
            c.Request.Method != "GET" || c.Request.Path != "/res/v1/web/search" || c.Request.Headers["X-Subscription-Token"] != Key || c.Request.Query["q"] != "nginx 502 & more" || c.Request.Query["count"] != "3"
                ? WebServer.SayAsync(c, "application/json", "{}", 422)
                : WebServer.SayAsync(c, "application/json", """{"type":"search","web":{"type":"search","results":[{"title":"A","url":"https://a.example/","description":"about a","age":"1d"},{"title":"B","url":"javascript:alert(1)","description":"b"},{"title":"C","url":"https://c.example/","description":null}]}}"""));

        var results = await SearchAsync(server, WebSearchProvider.Brave, "nginx 502 & more", 3);

        Assert.Equal([new WebResult("A", "https://a.example/", "about a"), new WebResult("C", "https://c.example/", "")], results);
    }

    [Fact]
    public async Task Brave_without_web_results_found_nothing()
    {
        await using var server = await WebServer.StartAsync(c => WebServer.SayAsync(c, "application/json", """{"type":"search","query":{"original":"x"}}"""));

        Assert.Empty(await SearchAsync(server, WebSearchProvider.Brave, "x", 3));
    }

    [Fact]
    public async Task Tavily_is_asked_with_a_bearer_key_and_a_body_of_known_fields()
    {
        await using var server = await WebServer.StartAsync(async c =>
        {
            using var reader = new StreamReader(c.Request.Body, Encoding.UTF8);
            var body = await reader.ReadToEndAsync();
            var right = c.Request is { Method: "POST", Path.Value: "/search" } && c.Request.Headers.Authorization == "Bearer " + Key && c.Request.ContentType!.StartsWith("application/json", StringComparison.Ordinal) &&
                body == """{"query":"why \"x\"?","max_results":2,"search_depth":"basic","include_answer":false}""";
            await (right
                ? WebServer.SayAsync(c, "application/json", """{"query":"q","answer":null,"images":[],"results":[{"title":"T","url":"https://t.example/","content":"many\n words","score":0.9,"raw_content":null}],"response_time":1.2}""")
                : WebServer.SayAsync(c, "application/json", """{"detail":{"error":"bad"}}""", 400));
        });

        Assert.Equal([new WebResult("T", "https://t.example/", "many words")], await SearchAsync(server, WebSearchProvider.Tavily, "why \"x\"?", 2));
    }

    [Fact]
    public async Task DuckDuckGo_needs_no_key_and_its_advertisements_are_left_out()
    {
        await using var server = await WebServer.StartAsync(c => c.Request.Path != "/html/" || c.Request.Query["q"] != "a b"
            ? WebServer.SayAsync(c, "text/html", "bad", 400)
            : WebServer.SayAsync(c, "text/html", """
                <div class="result results_links result--ad"><h2><a rel="nofollow" class="result__a" href="https://duckduckgo.com/y.js?ad_domain=x">Buy</a></h2><a class="result__snippet" href="x">now</a></div>
                <div class="result"><h2 class="result__title"><a rel="nofollow" class="result__a" href="//duckduckgo.com/l/?uddg=https%3A%2F%2Fone.example%2Fp%3Fa%3D1&amp;rut=abc">One &amp; <b>only</b></a></h2>
                <a class="result__snippet" href="x">the <b>first</b> one</a></div>
                <div class="result"><a class="result__a" href="https://two.example/">Two</a></div>
                """));

        Assert.Equal([new WebResult("One & only", "https://one.example/p?a=1", "the first one"), new WebResult("Two", "https://two.example/", "")], await SearchAsync(server, WebSearchProvider.DuckDuckGo, "a b", 5));
    }

    [Fact]
    public async Task DuckDuckGos_question_whether_a_person_is_there_is_said()
    {
        await using var server = await WebServer.StartAsync(c => WebServer.SayAsync(c, "text/html", "<form id=\"challenge-form\"><div class=\"anomaly-modal__title\">bots</div></form>"));

        Assert.Contains("whether a person is there", await RefusalAsync(server, WebSearchProvider.DuckDuckGo), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, "refuses the key")]
    [InlineData(403, "refuses the key")]
    [InlineData(429, "limit is reached")]
    [InlineData(503, "is not well")]
    [InlineData(302, "does not take")]
    public async Task A_refusal_says_what_to_do_and_never_the_key(int status, string why)
    {
        await using var server = await WebServer.StartAsync(c =>
        {
            c.Response.Headers.Location = "https://elsewhere.example/";
            return WebServer.SayAsync(c, "text/plain", "your key " + Key, status);
        });

        var refusal = await RefusalAsync(server, WebSearchProvider.Brave);

        Assert.Contains(why, refusal, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, refusal, StringComparison.Ordinal);
        Assert.Single(server.Asked);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("{\"results\":7}")]
    public async Task What_is_no_list_of_results_is_said_to_be_none(string body)
    {
        await using var server = await WebServer.StartAsync(c => WebServer.SayAsync(c, "application/json", body));

        Assert.Contains("no list of results", await RefusalAsync(server, WebSearchProvider.Tavily), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_provider_it_says_what_to_set()
    {
        await using var server = await WebServer.StartAsync(c => WebServer.SayAsync(c, "text/plain", ""));

        Assert.Contains("Search:Provider", await RefusalAsync(server, WebSearchProvider.None), StringComparison.Ordinal);
        Assert.Empty(server.Asked);
    }

    [Theory]
    [InlineData(WebSearchProvider.Brave, null, null, "Search:ApiKey")]
    [InlineData(WebSearchProvider.Tavily, "k", "http://search.example", "Search:BaseUrl")]
    [InlineData(WebSearchProvider.DuckDuckGo, null, "https://search.example/?x", "Search:BaseUrl")]
    public void Settings_that_cannot_work_are_named(WebSearchProvider provider, string? key, string? root, string name) =>
        Assert.Equal(name, Assert.Single(new WebSearchOptions { Provider = provider, ApiKey = key, BaseUrl = root }.Problems()).Key);

    [Fact]
    public void Settings_that_work_have_no_problem()
    {
        Assert.Empty(new WebSearchOptions().Problems());
        Assert.Empty(new WebSearchOptions { Provider = WebSearchProvider.DuckDuckGo }.Problems());
        Assert.Empty(new WebSearchOptions { Provider = WebSearchProvider.Brave, ApiKey = "${env:X}", BaseUrl = "http://127.0.0.1:9" }.Problems());
    }

    private static async Task<string> RefusalAsync(WebServer server, WebSearchProvider provider) =>
        (await Assert.ThrowsAsync<WebReadException>(() => SearchAsync(server, provider, "x", 3))).Message;

    private static async Task<IReadOnlyList<WebResult>> SearchAsync(WebServer server, WebSearchProvider provider, string query, int count)
    {
        var options = new WebSearchOptions { Provider = provider, ApiKey = provider == WebSearchProvider.DuckDuckGo ? null : Key, BaseUrl = server.Root.ToString() };
        using var searcher = new WebSearcher(new EgressGuard(new EgressOptions()), options, new ChatOps.Secrets.References.SecretReferences(), SecretsRegistration.CreateRedactor(new SecretsOptions { Key = new byte[SecretsOptions.MinKeyLength] }), TimeProvider.System);
        return await searcher.SearchAsync(query, count, Token);
    }
}
