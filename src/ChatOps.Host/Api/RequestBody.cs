using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace ChatOps.Host.Api;

/// <summary>Reads a request's body whole; the listener's limit bounds it.</summary>
internal static class RequestBody
{
    /// <summary>Reads it.</summary>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContext context)
    {
        var body = new ArrayBufferWriter<byte>();
        while (true)
        {
            var result = await context.Request.BodyReader.ReadAsync(context.RequestAborted);
            foreach (var part in result.Buffer) body.Write(part.Span);
            context.Request.BodyReader.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted) return body.WrittenMemory;
        }
    }
}
