using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace ChatOps.Testing.Speech;

/// <summary>Reads a request part by part and refuses what a real service refuses.</summary>
internal static class TranscriptionRequestReader
{
    private const int MaxFile = 25 * 1024 * 1024;

    private static readonly string[] Known = ["model", "language", "prompt", "response_format", "temperature", "include[]", "timestamp_granularities[]"];
    private static readonly string[] Models = ["whisper-1", "whisper-large-v3", "whisper-large-v3-turbo", "gpt-4o-transcribe", "gpt-4o-mini-transcribe", "gpt-transcribe", "my-deployment"];

    public static async Task<TranscriptionRequest> ReadAsync(HttpContext http, string key, bool onlyPlain)
    {
        var request = http.Request;
        if (request.Path != "/v1/audio/transcriptions") throw new RefusedRequestException(404, "unknown_url", $"Unknown request URL: {request.Path}.");
        if (request.Method != "POST") throw new RefusedRequestException(405, "method_not_supported", "Not allowed.");
        var (header, sent) = Key(request);
        if (sent != key) throw new RefusedRequestException(401, "invalid_api_key", $"Incorrect API key provided: {sent}.");

        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        (string Name, string Type, byte[] Bytes)? file = null;
        var reader = new MultipartReader(Boundary(request), request.Body);
        while (await reader.ReadNextSectionAsync(http.RequestAborted) is { } part)
        {
            // The raw header, because some servers read names only between quotes.
            if (!ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var disposition) || disposition.DispositionType != "form-data" || !part.ContentDisposition!.Contains("name=\"", StringComparison.Ordinal))
                throw Bad($"A part has no readable name: {part.ContentDisposition}.");
            var name = disposition.Name.ToString().Trim('"');
            var bytes = await BytesAsync(part.Body, http.RequestAborted);
            if (name == "file")
            {
                if (file is not null || disposition.FileNameStar.HasValue) throw Bad("The file part comes twice, or its name is written twice.");
                file = (disposition.FileName.ToString().Trim('"'), part.ContentType ?? "", bytes);
            }
            else if (!Known.Contains(name)) throw Bad($"Unrecognized request argument supplied: {name}.");
            else if (!fields.TryAdd(name, Encoding.UTF8.GetString(bytes))) throw Bad($"The field {name} comes twice.");
        }

        if (file is not { } sound) throw Bad("There is no file.");
        Check(fields, onlyPlain);
        if (sound.Bytes.Length > MaxFile) throw new RefusedRequestException(413, "file_too_large", "Maximum content size limit exceeded.");
        if (SoundCheck.Problem(sound.Name, sound.Type, sound.Bytes) is { } problem) throw Bad($"Invalid file format. {problem}");
        return new TranscriptionRequest(fields, sound.Name, sound.Type, sound.Bytes, sent, header, [.. request.Headers.Keys]);
    }

    private static void Check(Dictionary<string, string> fields, bool onlyPlain)
    {
        if (!fields.TryGetValue("model", out var model)) throw Bad("You must provide a model parameter.");
        if (!Models.Contains(model)) throw new RefusedRequestException(404, "model_not_found", $"The model {model} does not exist.");
        var form = fields.GetValueOrDefault("response_format");
        if (form is not ("json" or "verbose_json")) throw Bad($"Unknown response_format '{form}'.");
        var newer = model.StartsWith("gpt-", StringComparison.Ordinal);
        if (form == "verbose_json" && (newer || onlyPlain)) throw Bad($"response_format 'verbose_json' is not compatible with model '{model}'. Use 'json' instead.");
        if (fields.TryGetValue("include[]", out var include) && (include != "logprobs" || !model.StartsWith("gpt-4o", StringComparison.Ordinal))) throw Bad("Invalid include.");
        if (fields.TryGetValue("language", out var language) && language.Length != 2) throw Bad("Invalid language.");
    }

    private static (string? Header, string? Key) Key(HttpRequest request)
    {
        if (request.Headers.TryGetValue("api-key", out var azure)) return ("api-key", azure);
        const string Scheme = "Bearer ";
        return request.Headers.Authorization.ToString() is { } bearer && bearer.StartsWith(Scheme, StringComparison.Ordinal) ? ("Authorization", bearer[Scheme.Length..]) : (null, null);
    }

    private static string Boundary(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || type.MediaType != "multipart/form-data" || !type.Boundary.HasValue) throw Bad("The body is no multipart/form-data.");
        return type.Boundary.Value is ['"', ..] ? throw Bad("The boundary is in quotes.") : type.Boundary.Value!;
    }

    private static async Task<byte[]> BytesAsync(Stream body, CancellationToken cancellationToken)
    {
        using var copy = new MemoryStream();
        await body.CopyToAsync(copy, cancellationToken);
        return copy.ToArray();
    }

    private static RefusedRequestException Bad(string message) => new(400, "invalid_request_error", message);
}
