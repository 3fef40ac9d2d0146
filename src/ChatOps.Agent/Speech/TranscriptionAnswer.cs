using System.Text.Json;

namespace ChatOps.Agent.Speech;

/// <summary>Reads answers: bounded, both forms, and nothing is believed that is not there.</summary>
internal static class TranscriptionAnswer
{
    /// <summary>Largest answer that is read.</summary>
    public const int MaxBytes = 2 * 1024 * 1024;

    /// <summary>Above this a segment repeats itself, which models do when they hear nothing they know.</summary>
    private const double MaxCompression = 2.4;

    /// <summary>The body, if it is not larger than allowed.</summary>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using var buffer = new BoundedBuffer(MaxBytes);
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        try
        {
            await stream.CopyToAsync(buffer, cancellationToken);
        }
        catch (IOException) when (buffer.Overflowed)
        {
            throw new SpeechException(SpeechFailure.BadAnswer, "The transcription service answered with more than a transcript can be.");
        }

        return buffer.Written;
    }

    /// <summary>The transcript.</summary>
    public static Transcript Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String)
            {
                return new Transcript(
                    text.GetString()!.Trim(), Language(root), Number(root, "duration") is { } seconds and >= 0 and < 1e9 ? TimeSpan.FromSeconds(seconds) : null,
                    Confidence(root), Average(root, s => Number(s, "no_speech_prob")));
            }
        }
        catch (JsonException)
        {
            // Said below.
        }

        throw new SpeechException(SpeechFailure.BadAnswer, "The transcription service answered with something that is no transcript.");
    }

    private static string? Language(JsonElement root)
    {
        if (root.TryGetProperty("language", out var one) && one.ValueKind == JsonValueKind.String) return LanguageNames.CodeOf(one.GetString());
        return root.TryGetProperty("languages", out var all) && all.ValueKind == JsonValueKind.Array && all.GetArrayLength() == 1
            && all[0].ValueKind == JsonValueKind.Object && all[0].TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.String
            ? LanguageNames.CodeOf(code.GetString())
            : null;
    }

    private static double? Confidence(JsonElement root)
    {
        var likelihood = Average(root, s => Number(s, "avg_logprob")) ?? TokenAverage(root);
        if (likelihood is not { } logarithm) return null;
        var sure = Math.Clamp(Math.Exp(logarithm), 0, 1);
        return Average(root, s => Number(s, "compression_ratio")) > MaxCompression ? sure / 2 : sure;
    }

    // Longer segments count more.
    private static double? Average(JsonElement root, Func<JsonElement, double?> value)
    {
        if (!root.TryGetProperty("segments", out var segments) || segments.ValueKind != JsonValueKind.Array) return null;
        double sum = 0, weight = 0;
        foreach (var segment in segments.EnumerateArray())
        {
            if (segment.ValueKind != JsonValueKind.Object || value(segment) is not { } number || !double.IsFinite(number)) continue;
            var length = Math.Max(0.1, (Number(segment, "end") ?? 0) - (Number(segment, "start") ?? 0));
            (sum, weight) = (sum + number * length, weight + length);
        }

        return weight > 0 ? sum / weight : null;
    }

    private static double? TokenAverage(JsonElement root)
    {
        if (!root.TryGetProperty("logprobs", out var tokens) || tokens.ValueKind != JsonValueKind.Array) return null;
        var numbers = tokens.EnumerateArray().Where(t => t.ValueKind == JsonValueKind.Object).Select(t => Number(t, "logprob")).OfType<double>().ToList();
        return numbers.Count == 0 ? null : numbers.Average();
    }

    private static double? Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) ? number : null;
}
