using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Testing.Telemetry;

/// <summary>
/// A collector of spans on loopback: OTLP over HTTP with protobuf (OpenTelemetry Protocol Specification, "OTLP/HTTP"; fields of opentelemetry.proto.trace.v1). It refuses another
/// path, method, content type or key.
/// </summary>
public sealed class OtlpCollector : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<CollectedSpan> spans = new();
    private readonly ConcurrentQueue<byte[]> bodies = new();

    private OtlpCollector(WebApplication app) => this.app = app;

    /// <summary>Its root.</summary>
    public string Endpoint => app.Urls.First();

    /// <summary>The key that it wants as a bearer token.</summary>
    public string Key { get; } = Some.Unique("key");

    /// <summary>All spans so far.</summary>
    public IReadOnlyList<CollectedSpan> Spans => [.. spans];

    /// <summary>Everything it was sent, as text, for a search.</summary>
    public string Raw => string.Concat(bodies.Select(Encoding.UTF8.GetString));

    /// <summary>Starts one.</summary>
    public static async Task<OtlpCollector> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRouting();
        var app = builder.Build();
        var collector = new OtlpCollector(app);
        app.UseRouting();
        app.MapPost("/v1/traces", (Delegate)collector.TakeAsync);
        await app.StartAsync();
        return collector;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task<IResult> TakeAsync(HttpRequest request)
    {
        if (request.ContentType != "application/x-protobuf") return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        if (request.Headers.Authorization != $"Bearer {Key}") return Results.StatusCode(StatusCodes.Status401Unauthorized);
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        bodies.Enqueue(body.ToArray());
        foreach (var resource in Protobuf.Read(body.ToArray()).Messages(1))
        {
            foreach (var span in resource.Messages(2).SelectMany(scope => scope.Messages(2))) spans.Enqueue(Read(span));
        }

        return Results.Bytes(Array.Empty<byte>(), "application/x-protobuf");
    }

    private static CollectedSpan Read(Protobuf span) => new(
        Hex(span.Bytes(1)), Hex(span.Bytes(2)), Hex(span.Bytes(4)), Encoding.UTF8.GetString(span.Bytes(5)),
        span.Messages(9).ToDictionary(a => Encoding.UTF8.GetString(a.Bytes(1)), a => Value(a.Messages(2).Single()), StringComparer.Ordinal));

    private static string Value(Protobuf any) => any.Has(1) ? Encoding.UTF8.GetString(any.Bytes(1)) : any.Number(2) ?? any.Number(3) ?? any.Double(4) ?? "";

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
