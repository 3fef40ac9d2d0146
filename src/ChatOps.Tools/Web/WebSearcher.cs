using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ChatOps.Channels;
using ChatOps.Secrets;

namespace ChatOps.Tools.Web;

/// <summary>Asks the search service that is set up. The key goes to that host alone: no redirect is followed.</summary>
internal sealed class WebSearcher(IEgress egress, WebSearchOptions options, ISecretReferences references, IRedactor redactor, TimeProvider time) : IDisposable
{
    /// <summary>Most results of one search.</summary>
    public const int MaxResults = 10;

    private const int MaxBytes = 1024 * 1024;
    private const int MaxTitle = 200;
    private const int MaxExtract = 600;
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(15);

    private readonly HttpMessageInvoker http = new(egress.CreateHandler(options.Root), disposeHandler: true);

    private readonly IWebSearch? service = options.Provider switch
    {
        WebSearchProvider.Brave => new BraveSearch(),
        WebSearchProvider.Tavily => new TavilySearch(),
        WebSearchProvider.DuckDuckGo => new DuckDuckGoSearch(),
        _ => null,
    };

    /// <summary>Searches.</summary>
    /// <exception cref="WebReadException">There is no answer; the message is for people.</exception>
    public async Task<IReadOnlyList<WebResult>> SearchAsync(string query, int count, CancellationToken cancellationToken)
    {
        if (service is null) throw new WebReadException("No search is set up. Set Search:Provider to Brave, Tavily (both with Search:ApiKey) or DuckDuckGo (docs/web.md).");
        using var limit = new CancellationTokenSource(MaxTime, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var request = service.Request(options.Root, Key(), query, count);
            using var response = await http.SendAsync(request, both.Token);
            if (response.StatusCode != HttpStatusCode.OK) throw new WebReadException(Refusal(response.StatusCode), response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden);
            return [.. service.Read(await BodyAsync(response, both.Token)).Where(IsSound).Take(count).Select(Bounded)];
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new WebReadException($"{service.Name} did not answer in {MaxTime.TotalSeconds:0} seconds.");
        }
        catch (HttpRequestException e)
        {
            throw new WebReadException($"{service.Name} cannot be reached: {e.Message}");
        }
        catch (IOException)
        {
            throw new WebReadException($"{service.Name} broke off its answer. Try again.");
        }
        catch (Exception e) when (e is JsonException or RegexMatchTimeoutException)
        {
            throw new WebReadException($"{service.Name} answered something that is no list of results.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private string Key()
    {
        if (options.ApiKey is null) return "";
        var resolved = references.Resolve(options.ApiKey);
        var key = resolved.Value?.Trim() ?? throw new WebReadException($"The key of the search is not there: {resolved.Error}", refusesKey: true);
        redactor.AddKnown(key, "search-key");
        return key.Any(char.IsControl) ? throw new WebReadException("Search:ApiKey holds control characters; a key is one line.", refusesKey: true) : key;
    }

    private string Refusal(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => $"{service!.Name} refuses the key. Look at Search:ApiKey.",
        HttpStatusCode.TooManyRequests => $"{service!.Name} takes no more searches now: the plan's limit is reached. Try later.",
        >= HttpStatusCode.InternalServerError => $"{service!.Name} is not well (status {(int)status}). Try later.",
        _ => $"{service!.Name} does not take the search (status {(int)status}).",
    };

    private async Task<string> BodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[MaxBytes + 1];
        var read = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return read > MaxBytes ? throw new WebReadException($"{service!.Name} answered more than {MaxBytes / 1024} KiB.") : Encoding.UTF8.GetString(buffer, 0, read);
    }

    private static bool IsSound(WebResult result) => WebAddress.TryParse(result.Address, out _, out _);

    private static WebResult Bounded(WebResult result) => new(Short(result.Title, MaxTitle), result.Address, Short(result.Extract, MaxExtract));

    private static string Short(string text, int limit)
    {
        text = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= limit ? text : Rendering.TextSplitter.Split(text, limit, static t => t.Length, fenced: false)[0] + "…";
    }
}
