using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ChatOps.Channels;
using ChatOps.Checks.Files;
using ChatOps.Checks.States;

namespace ChatOps.Checks.Probes;

/// <summary>Asks an address of the web: its status, its body, how long it takes, and how long its certificate is valid. Internal addresses need Egress:Allow, as everywhere.</summary>
internal sealed class HttpProbe(GatewayTargets targets, IEgress egress, TimeProvider time) : IProbe
{
    private const int MaxBody = 256 * 1024;
    private const string UsualStatus = "200-399";
    private static readonly Uri NoRoot = new("https://none.invalid");

    public bool Takes(CheckDefinition check) => check.Kind == CheckKind.Http;

    public Task<IReadOnlyList<Observation>> LookAsync(CheckDefinition check, CancellationToken cancellationToken) =>
        targets.LookAsync(check, (target, name, stop) => OneAsync(check, target, new Uri(name(check.Required("url"))), stop), cancellationToken);

    private async Task<Observation> OneAsync(CheckDefinition check, string target, Uri address, CancellationToken cancellationToken)
    {
        DateTimeOffset? ends = null;
        using var handler = egress.CreateHandler(NoRoot);
        // A connection of its own each time: what is looked at is whether the next visitor gets in, certificate included.
        handler.PooledConnectionLifetime = TimeSpan.Zero;
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
        {
            if (certificate is X509Certificate2 known) ends = known.NotAfter.ToUniversalTime();
            return errors == SslPolicyErrors.None;
        };
        using var http = new HttpMessageInvoker(handler);
        using var request = new HttpRequestMessage(new HttpMethod(check.Text("method") ?? "GET"), address);
        request.Headers.TryAddWithoutValidation("User-Agent", "ChatOps/1 (check)");
        var began = time.GetTimestamp();
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            var body = check.Text("expect") is null ? "" : await BodyAsync(response, cancellationToken);
            return Judge(check, target, (int)response.StatusCode, body, time.GetElapsedTime(began).TotalMilliseconds, ends);
        }
        catch (HttpRequestException e)
        {
            return new Observation(target, check.Severity, null, ends is { } over && over < time.GetUtcNow()
                ? string.Create(CultureInfo.InvariantCulture, $"{address.Authority}: its certificate ended on {over:yyyy-MM-dd HH:mm} UTC.")
                : $"{address.Authority} cannot be asked: {Reason(e)}")
            { Transient = e.HttpRequestError is not (HttpRequestError.SecureConnectionError or HttpRequestError.NameResolutionError) };
        }
        catch (IOException e)
        {
            return new Observation(target, check.Severity, null, $"{address.Authority} broke off: {e.Message}");
        }
    }

    private Observation Judge(CheckDefinition check, string target, int status, string body, double milliseconds, DateTimeOffset? ends)
    {
        var took = Math.Round(milliseconds, 1);
        var said = string.Create(CultureInfo.InvariantCulture, $"HTTP {status} in {took:0} ms");
        IReadOnlyList<string> wanted = check.List("status") is { Count: > 0 } list ? list : [UsualStatus];
        if (!wanted.Any(w => IsIn(w, status))) return new Observation(target, check.Severity, took, $"{said}; well is {string.Join(", ", wanted)}.") { Transient = status is 408 or 429 or >= 500 };
        if (check.Text("expect") is { } expect && !body.Contains(expect, StringComparison.Ordinal))
            return new Observation(target, check.Severity, took, $"{said}, and the answer does not hold '{expect}'.") { Transient = false };
        var days = ends is { } at ? (at - time.GetUtcNow()).TotalDays : double.MaxValue;
        if (check.Text("tls_days") is not null && days < check.Number("tls_days", 0))
            return new Observation(target, CheckLevel.Warning, took, string.Create(CultureInfo.InvariantCulture, $"{said}, and the certificate ends in {days:0.#} days.")) { Transient = false };
        return new Observation(target, null, took, said + ".");
    }

    private static async Task<string> BodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[MaxBody];
        var read = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return Encoding.UTF8.GetString(buffer, 0, read);
    }

    private static bool IsIn(string range, int status)
    {
        var ends = range.Split('-').Select(e => int.Parse(e, CultureInfo.InvariantCulture)).ToList();
        return status >= ends[0] && status <= ends[^1];
    }

    private static string Reason(HttpRequestException e) => (e.InnerException ?? e).Message.ReplaceLineEndings(" ");
}
