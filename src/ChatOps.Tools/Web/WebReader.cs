using System.Net;
using ChatOps.Channels;

namespace ChatOps.Tools.Web;

/// <summary>Reads an address: each step of a redirect is judged anew, connections reach no private address, and size and time are bounded.</summary>
internal sealed class WebReader(IEgress egress, TimeProvider time) : IDisposable
{
    /// <summary>Most bytes of a body that are read, after decompression.</summary>
    public const int MaxBytes = 2 * 1024 * 1024;

    /// <summary>Most redirects that are followed.</summary>
    public const int MaxRedirects = 5;

    /// <summary>How long all of it may take.</summary>
    public static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(20);

    // No address is exempt from the guard here: this name leads nowhere (RFC 2606).
    private static readonly Uri NoRoot = new("https://none.invalid");

    private readonly HttpMessageInvoker http = new(egress.CreateHandler(NoRoot), disposeHandler: true);

    /// <summary>Reads.</summary>
    /// <param name="address">Where.</param>
    /// <param name="whyNot">Why an address that a redirect names is not followed; null when it is.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="WebReadException">It could not be read; the message is for people.</exception>
    public async Task<WebPage> ReadAsync(Uri address, Func<Uri, string?> whyNot, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(MaxTime, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            for (var redirects = 0; ; redirects++)
            {
                using var request = Request(address);
                using var response = await http.SendAsync(request, both.Token);
                if (Next(response, address) is not { } next) return await PageAsync(response, address, both.Token);
                if (redirects == MaxRedirects) throw new WebReadException($"It redirects more than {MaxRedirects} times.");
                if (address.Scheme == "https" && next.Scheme == "http") throw new WebReadException($"It redirects from https to http ({next}), which is not followed.");
                if ((WebAddress.WhyNot(next) ?? whyNot(next)) is { } why) throw new WebReadException($"It redirects to {next}. {why}");
                address = next;
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new WebReadException($"{address.Host} did not answer in {MaxTime.TotalSeconds:0} seconds.");
        }
        catch (HttpRequestException e)
        {
            throw new WebReadException($"{address.Host} cannot be read: {e.Message}");
        }
        catch (IOException e)
        {
            throw new WebReadException($"{address.Host} broke off: {e.Message}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private static HttpRequestMessage Request(Uri address)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("User-Agent", "ChatOps/1 (http_get)");
        request.Headers.TryAddWithoutValidation("Accept", "text/html, text/plain, application/json, application/xml;q=0.9, text/*;q=0.8");
        return request;
    }

    private static Uri? Next(HttpResponseMessage response, Uri address) =>
        response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect &&
        response.Headers.Location is { } location ? new Uri(address, location) : null;

    private static async Task<WebPage> PageAsync(HttpResponseMessage response, Uri address, CancellationToken cancellationToken)
    {
        var content = response.Content.Headers.ContentType;
        var type = content?.MediaType?.ToLowerInvariant() ?? "";
        if (!WebText.IsText(type))
            throw new WebReadException($"It is {(type.Length == 0 ? "of no stated type" : type)}{(response.Content.Headers.ContentLength is { } length ? $", {length} bytes" : "")}; only text, HTML, JSON, XML and YAML are read.");
        var (bytes, complete) = await BodyAsync(response, cancellationToken);
        var text = WebText.Decode(bytes, content?.CharSet, type);
        if (type is not ("text/html" or "application/xhtml+xml")) return new(address, (int)response.StatusCode, type, "", text, complete);
        var (title, plain) = HtmlText.Of(text, address);
        return new(address, (int)response.StatusCode, type, title, plain, complete);
    }

    private static async Task<(byte[] Bytes, bool Complete)> BodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[MaxBytes];
        var read = await stream.ReadAtLeastAsync(buffer, MaxBytes, throwOnEndOfStream: false, cancellationToken);
        var complete = read < MaxBytes || await stream.ReadAsync(new byte[1], cancellationToken) == 0;
        return (buffer[..read], complete);
    }
}
