using System.Text;
using System.Text.Json;

namespace ChatOps.Fleet.Frames;

/// <summary>Frames as bytes.</summary>
public static class FrameCodec
{
    /// <summary>The newest protocol that this version speaks.</summary>
    public const int Protocol = 1;

    /// <summary>The oldest protocol that it still speaks.</summary>
    public const int OldestProtocol = 1;

    /// <summary>Longest control message in bytes.</summary>
    public const int MaxControlBytes = 1024 * 1024;

    /// <summary>Longest piece of output in one message, in bytes.</summary>
    public const int MaxChunkBytes = 32 * 1024;

    /// <summary>Length of a nonce in bytes.</summary>
    public const int NonceBytes = 32;

    /// <summary>Deepest nesting.</summary>
    public const int MaxDepth = 16;

    internal const string TypeProperty = "type";
    private const int ShownTypeCharacters = 40;

    /// <summary>Writes a frame.</summary>
    public static byte[] Write(Frame frame) => JsonSerializer.SerializeToUtf8Bytes(frame, FrameJson.Default.Frame);

    /// <summary>Reads a control message. Whatever the bytes are, it answers.</summary>
    public static FrameReading Read(ReadOnlySpan<byte> message)
    {
        try
        {
            if (message.Length > MaxControlBytes) return new(null, null, "it is too long");
            if (TypeOf(message) is not { } type) return new(null, null, "it has no type");
            if (!FrameTypes.All.Contains(type)) return new(null, Shown(type), null);
            return JsonSerializer.Deserialize(message, FrameJson.Default.Frame) is { } frame ? new(frame, null, null) : new(null, null, "it is null");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NotSupportedException or DecoderFallbackException)
        {
            return new(null, null, "it is not the JSON of a frame");
        }
    }

    /// <summary>Writes a plan; these bytes are what is signed and sent.</summary>
    public static byte[] Write(ExecutionPlan plan) => JsonSerializer.SerializeToUtf8Bytes(plan, FrameJson.Default.ExecutionPlan);

    /// <summary>Reads a plan; <see langword="null"/> when it is none.</summary>
    public static ExecutionPlan? ReadPlan(ReadOnlySpan<byte> plan)
    {
        try
        {
            return JsonSerializer.Deserialize(plan, FrameJson.Default.ExecutionPlan);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NotSupportedException)
        {
            return null;
        }
    }

    private static string? TypeOf(ReadOnlySpan<byte> message)
    {
        var reader = new Utf8JsonReader(message, new JsonReaderOptions { MaxDepth = MaxDepth });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals(TypeProperty);
            reader.Read();
            if (found) return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            reader.Skip();
        }

        return null;
    }

    private static string Shown(string type) =>
        new([.. type.Take(ShownTypeCharacters).Select(c => char.IsAsciiLetterOrDigit(c) ? c : '?')]);
}
