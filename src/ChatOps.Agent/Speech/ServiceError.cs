using System.Net;
using System.Text;
using System.Text.Json;

namespace ChatOps.Agent.Speech;

/// <summary>A refusal of the service. Its own words are not repeated: they may hold a piece of the key.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">The service's code, cleaned; <c>-</c> when it gives none.</param>
/// <param name="RefusesDetail">Whether it refuses the form of answer that was asked for.</param>
internal sealed record ServiceError(HttpStatusCode Status, string Code, bool RefusesDetail)
{
    private const int MaxCode = 60;

    /// <summary>Whether the account is used up, so that waiting does not help.</summary>
    public bool IsQuota => Code is "insufficient_quota" or "billing_hard_limit_reached";

    /// <summary>Reads it.</summary>
    public static ServiceError Read(HttpStatusCode status, ReadOnlyMemory<byte> body)
    {
        var aboutForm = status is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity
            && Encoding.UTF8.GetString(body.Span).Contains("response_format", StringComparison.OrdinalIgnoreCase);
        return new ServiceError(status, CodeOf(body), aboutForm);
    }

    /// <summary>In words for people.</summary>
    public SpeechException ToException() => (int)Status switch
    {
        401 or 403 => new(SpeechFailure.KeyRefused, "The transcription service refuses the key. Look at Speech:ApiKey."),
        404 => new(SpeechFailure.NotFound, "The transcription service does not know the model or the address. Look at Speech:Model and Speech:BaseUrl."),
        408 => new(SpeechFailure.TimedOut, "The transcription service took too long."),
        413 => new(SpeechFailure.TooLarge, "The voice note is too large for the transcription service."),
        429 when IsQuota => new(SpeechFailure.Busy, "The quota of the transcription service is used up."),
        429 => new(SpeechFailure.Busy, "The transcription service is asked too often just now."),
        400 or 415 or 422 => new(SpeechFailure.Unreadable, "The transcription service could not read the sound."),
        >= 500 => new(SpeechFailure.Down, $"The transcription service is down (it answered {(int)Status})."),
        _ => new(SpeechFailure.BadAnswer, $"The transcription service answered {(int)Status}, which was not expected."),
    };

    private static string CodeOf(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object)
            {
                foreach (var name in (string[])["code", "type"])
                {
                    if (error.TryGetProperty(name, out var code) && code.ValueKind == JsonValueKind.String && Clean(code.GetString()!) is { Length: > 0 } clean) return clean;
                }
            }
        }
        catch (JsonException)
        {
            // Not every server says why in JSON.
        }

        return "-";
    }

    private static string Clean(string code) => new([.. code.Where(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-').Take(MaxCode)]);
}
