using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace ChatOps.Host.Api;

/// <summary>An answer of JSON lines that is sent while it happens. Lines that must arrive wait for the reader; passing ones are dropped when it is slow.</summary>
internal sealed class JsonLines
{
    /// <summary>How many lines may wait for a slow reader.</summary>
    public const int Waiting = 1024;

    private readonly Channel<byte[]> lines = Channel.CreateBounded<byte[]>(Waiting);
    private long dropped;

    /// <summary>Adds a passing line; drops it when the reader is too slow.</summary>
    public void Pass(Action<Utf8JsonWriter> write)
    {
        if (!lines.Writer.TryWrite(Line(write))) Interlocked.Increment(ref dropped);
    }

    /// <summary>Adds a line that must arrive.</summary>
    public ValueTask SendAsync(Action<Utf8JsonWriter> write, CancellationToken cancellationToken) =>
        lines.Writer.WriteAsync(Line(write), cancellationToken);

    /// <summary>No more lines.</summary>
    public void Complete() => lines.Writer.TryComplete();

    /// <summary>Sends lines until completed; says how many were dropped.</summary>
    public async Task WriteToAsync(HttpContext context)
    {
        var response = context.Response;
        response.ContentType = "application/jsonl; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        await foreach (var line in lines.Reader.ReadAllAsync(context.RequestAborted))
        {
            var missing = Interlocked.Exchange(ref dropped, 0);
            if (missing > 0)
            {
                await response.Body.WriteAsync(Line(w =>
                {
                    w.WriteStartObject();
                    w.WriteString("event", "dropped");
                    w.WriteNumber("lines", missing);
                    w.WriteEndObject();
                }), context.RequestAborted);
            }

            await response.Body.WriteAsync(line, context.RequestAborted);
            if (lines.Reader.Count == 0) await response.Body.FlushAsync(context.RequestAborted);
        }
    }

    private static byte[] Line(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, JsonAnswer.Options)) write(writer);
        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }
}
