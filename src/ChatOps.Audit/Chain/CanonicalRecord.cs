using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ChatOps.Audit.Chain;

/// <summary>
/// The one text of a record that is hashed: a JSON object with its keys in ordinal order, no white space, absent members left out, time in UTC
/// with milliseconds. Written again from the same members it is the same, byte for byte.
/// </summary>
internal static class CanonicalRecord
{
    /// <summary>What stands before the first record.</summary>
    public const string FirstPreviousHash = "0000000000000000000000000000000000000000000000000000000000000000";

    private const int UsualBytes = 1024;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Writes the text of a record.</summary>
    public static ReadOnlyMemory<byte> Write(long sequence, string id, DateTimeOffset time, string previousHash, AuditEntry entry)
    {
        var buffer = new ArrayBufferWriter<byte>(UsualBytes);
        using var json = new Utf8JsonWriter(buffer, Options);
        json.WriteStartObject();
        Optional(json, "actor", entry.ActorKey);
        Optional(json, "approval", entry.ApprovalId);
        Optional(json, "conversation", entry.ConversationId);
        WriteDetail(json, entry.Detail);
        json.WriteString("id", id);
        Optional(json, "invocation", entry.InvocationId);
        json.WriteString("kind", Word(entry.Kind.ToString()));
        WriteNodes(json, entry.Nodes);
        Optional(json, "outcome", entry.Outcome);
        json.WriteString("previous", previousHash);
        json.WriteString("principal", entry.Principal);
        Optional(json, "risk", entry.Risk is { } risk ? Word(risk.ToString()) : null);
        Optional(json, "rule", entry.Rule);
        json.WriteNumber("sequence", sequence);
        json.WriteString("summary", entry.Summary);
        json.WriteString("time", Time(time));
        Optional(json, "tool", entry.Tool);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>SHA-256 in lower-case hex.</summary>
    public static string Hash(ReadOnlySpan<byte> text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text, hash);
        return Convert.ToHexStringLower(hash);
    }

    /// <summary>The time as it stands in texts: <c>2026-03-01T12:00:00.000Z</c>.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>A time without what the text would lose.</summary>
    public static DateTimeOffset ToMillisecond(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);

    private static string Word(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    private static void Optional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null) json.WriteString(name, value);
    }

    private static void WriteDetail(Utf8JsonWriter json, IReadOnlyDictionary<string, string> detail)
    {
        if (detail.Count == 0) return;
        json.WriteStartObject("detail");
        foreach (var (name, value) in detail.OrderBy(d => d.Key, StringComparer.Ordinal)) json.WriteString(name, value);
        json.WriteEndObject();
    }

    private static void WriteNodes(Utf8JsonWriter json, IReadOnlyList<string> nodes)
    {
        if (nodes.Count == 0) return;
        json.WriteStartArray("nodes");
        foreach (var node in nodes) json.WriteStringValue(node);
        json.WriteEndArray();
    }
}
