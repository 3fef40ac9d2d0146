using System.Text;

namespace ChatOps.Agent.Models.Wire;

/// <summary>
/// Turns every answer that is none into an <see cref="EndpointException"/> before a client library sees it: the libraries put bodies and addresses into their exceptions,
/// and each in its own way.
/// </summary>
internal sealed class RefusalHandler(ModelOptions entry, TimeProvider time) : DelegatingHandler
{
    /// <summary>How much of a refusal is read: its code stands at the beginning.</summary>
    public const int MaxBody = 16 * 1024;

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            response = await base.SendAsync(request, cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw Unreachable(e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            // The handler's own limit: connecting took too long.
            throw Unreachable(e);
        }

        if (response.IsSuccessStatusCode) return response;
        using (response)
        {
            throw ServiceRefusal.Of(entry, (int)response.StatusCode, await BeginningAsync(response, cancellationToken), RetryAfter(response));
        }
    }

    private EndpointException Unreachable(Exception e) => new(
        ModelFailure.Unreachable,
        $"The model '{entry.Name}' cannot be reached at {new Uri(Connections.AddressOf(entry)).Authority}. Look at BaseUrl and at the network; commands work without it.")
    {
        CanRetry = true, IsIllness = true, Code = (e as HttpRequestException)?.HttpRequestError.ToString() ?? e.GetType().Name,
    };

    private static async Task<string> BeginningAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxBody];
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            var count = await stream.ReadAtLeastAsync(buffer, MaxBody, throwOnEndOfStream: false, cancellationToken);
            return Encoding.UTF8.GetString(buffer, 0, count);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return "";
        }
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        if (response.Headers.RetryAfter is not { } after) return null;
        var wait = after.Delta ?? (after.Date is { } date ? date - time.GetUtcNow() : TimeSpan.Zero);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
