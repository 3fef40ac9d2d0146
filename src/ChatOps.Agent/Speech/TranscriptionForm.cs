using System.Net.Http.Headers;
using System.Text;

namespace ChatOps.Agent.Speech;

/// <summary>The fields of a request, and the multipart body that carries them.</summary>
/// <param name="model">The model.</param>
/// <param name="language">The language to expect; null for any.</param>
/// <param name="onlyPlain">Whether the server refused the detailed answer before.</param>
internal sealed class TranscriptionForm(string model, string? language, bool onlyPlain)
{
    private const string Newer = "-transcribe";

    // The newer models know only the plain answer; some of them tell the likelihood of each piece.
    private readonly bool newer = model.Contains(Newer, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether segments with their likelihood are asked for.</summary>
    public bool IsDetailed => !newer && !onlyPlain;

    /// <summary>The body.</summary>
    public MultipartFormDataContent Content(ReadOnlyMemory<byte> sound, AudioFormat format)
    {
        var boundary = $"chatops-{Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16))}";
        var content = new MultipartFormDataContent(boundary);
        // Some servers read the boundary literally, quotes included.
        content.Headers.ContentType!.Parameters.Single(p => p.Name == "boundary").Value = boundary;
        Add(content, "model", model);
        Add(content, "response_format", IsDetailed ? "verbose_json" : "json");
        if (language is not null) Add(content, "language", language);
        if (newer && model.StartsWith("gpt-4o", StringComparison.OrdinalIgnoreCase) && !model.Contains("diarize", StringComparison.OrdinalIgnoreCase)) Add(content, "include[]", "logprobs");

        var file = new ReadOnlyMemoryContent(sound);
        file.Headers.ContentType = new MediaTypeHeaderValue(format.MediaType);
        file.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = "\"file\"", FileName = $"\"{format.FileName}\"" };
        content.Add(file);
        return content;
    }

    private static void Add(MultipartFormDataContent content, string name, string value)
    {
        var field = new ByteArrayContent(Encoding.UTF8.GetBytes(value));
        field.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = $"\"{name}\"" };
        content.Add(field);
    }
}
