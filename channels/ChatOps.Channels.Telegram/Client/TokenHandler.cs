namespace ChatOps.Channels.Telegram.Client;

/// <summary>
/// Puts the bot's token into the address at the last moment, and takes it out again: Telegram wants it in the path, and whatever stands above this handler (telemetry,
/// exceptions, whoever looks at a request) sees an address without it.
/// </summary>
/// <param name="root">The configured root.</param>
/// <param name="token">The token now.</param>
/// <param name="inner">Sends.</param>
internal sealed class TokenHandler(Uri root, Func<string> token, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private const string MethodPrefix = "/bot/";
    private const string FilePrefix = "/file/bot/";

    /// <summary>The address of a method, without the token.</summary>
    public static Uri Method(Uri root, string method) => new(Trimmed(root) + MethodPrefix + method);

    /// <summary>The address of a file, without the token.</summary>
    public static Uri File(Uri root, string path) => new(Trimmed(root) + FilePrefix + string.Join('/', path.Split('/').Select(Uri.EscapeDataString)));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var shown = request.RequestUri!;
        var rest = shown.AbsoluteUri[Trimmed(root).Length..];
        var prefix = rest.StartsWith(FilePrefix, StringComparison.Ordinal) ? FilePrefix : MethodPrefix;
        request.RequestUri = new Uri($"{Trimmed(root)}{prefix[..^1]}{token()}/{rest[prefix.Length..]}");
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        finally
        {
            request.RequestUri = shown;
        }
    }

    private static string Trimmed(Uri root) => root.AbsoluteUri.TrimEnd('/');
}
