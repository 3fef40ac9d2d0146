using System.Net;
using System.Runtime.CompilerServices;
using ChatOps.Checks;
using ChatOps.Secrets;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace ChatOps.Agent.Speech;

/// <summary>
/// Speech to text against an OpenAI-compatible <c>/audio/transcriptions</c>. The format is told by the bytes; the most detailed answer is asked for that the model
/// knows, and a plain one where the server refuses that. The key is in no log and in no message.
/// </summary>
internal sealed partial class TranscriptionClient(
    SpeechOptions settings, HttpMessageInvoker http, ISecretReferences secrets, IRedactor redactor, TimeProvider time, ILogger<TranscriptionClient> log) : ISpeechToTextClient, ICredentialProbe
{
    /// <summary>The longest pause that the service may ask for; longer ones are told to the person instead.</summary>
    public static readonly TimeSpan MaxRetryWait = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan DefaultRetryWait = TimeSpan.FromSeconds(1);

    private volatile bool onlyPlain;

    /// <inheritdoc/>
    public async Task<SpeechToTextResponse> GetTextAsync(Stream audioSpeechStream, SpeechToTextOptions? options = null, CancellationToken cancellationToken = default)
    {
        var sound = await ReadAsync(audioSpeechStream, cancellationToken);
        var format = AudioSniffer.Read(sound.Span) ?? throw new SpeechException(SpeechFailure.NotSound, $"It is no sound that can be transcribed; {AudioFormat.Known} can.");
        using var limit = new CancellationTokenSource(settings.Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            var transcript = await AskAsync(sound, format, options, both.Token);
            return new SpeechToTextResponse(transcript.Text) { RawRepresentation = transcript, ModelId = ModelOf(options) };
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new SpeechException(SpeechFailure.TimedOut, $"The transcription service did not answer within {settings.Timeout.TotalSeconds:0} s.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            LogUnreachable(e.GetType().Name, (e as HttpRequestException)?.HttpRequestError.ToString() ?? "");
            throw new SpeechException(SpeechFailure.Down, "The transcription service cannot be reached.");
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<SpeechToTextResponseUpdate> GetStreamingTextAsync(
        Stream audioSpeechStream, SpeechToTextOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetTextAsync(audioSpeechStream, options, cancellationToken)).ToSpeechToTextResponseUpdates()) yield return update;
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(SpeechToTextClientMetadata) ? new SpeechToTextClientMetadata(settings.Provider.ToString().ToLowerInvariant(), settings.Address, settings.ModelInForce)
        : serviceType.IsInstanceOfType(this) ? this
        : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        // The connections belong to whoever made them.
    }

    private async Task<Transcript> AskAsync(ReadOnlyMemory<byte> sound, AudioFormat format, SpeechToTextOptions? asked, CancellationToken cancellationToken)
    {
        var waited = false;
        while (true)
        {
            var form = new TranscriptionForm(ModelOf(asked), asked?.SpeechLanguage ?? settings.LanguageHint, onlyPlain);
            using var request = new HttpRequestMessage(HttpMethod.Post, settings.Address) { Content = form.Content(sound, format) };
            Authorise(request);
            using var response = await http.SendAsync(request, cancellationToken);
            var body = await TranscriptionAnswer.ReadAsync(response, cancellationToken);
            if (response.IsSuccessStatusCode) return TranscriptionAnswer.Read(body);

            var error = ServiceError.Read(response.StatusCode, body);
            LogRefused((int)response.StatusCode, error.Code);
            if (error.RefusesDetail && form.IsDetailed)
            {
                onlyPlain = true;
                continue;
            }

            if (response.StatusCode != HttpStatusCode.TooManyRequests || error.IsQuota || waited) throw error.ToException();
            var wait = RetryAfter(response);
            if (wait > MaxRetryWait) throw new SpeechException(SpeechFailure.Busy, $"The transcription service is asked too often and wants {wait.TotalSeconds:0} s of rest.");
            waited = true;
            await Task.Delay(wait, time, cancellationToken);
        }
    }

    private void Authorise(HttpRequestMessage request)
    {
        if (string.IsNullOrEmpty(settings.ApiKey)) return;
        var key = secrets.Resolve(settings.ApiKey);
        if (key.Value is not { Length: > 0 } value) throw new SpeechException(SpeechFailure.KeyRefused, $"The key of the transcription service cannot be read: {key.Error ?? "Speech:ApiKey is empty."}");
        // Should the service repeat it in what it heard, it is gone before anything is kept.
        redactor.AddKnown(value.Trim(), "speech-key");
        var added = settings.Provider == SpeechProvider.Azure
            ? request.Headers.TryAddWithoutValidation("api-key", value.Trim())
            : request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + value.Trim());
        if (!added) throw new SpeechException(SpeechFailure.KeyRefused, "Speech:ApiKey cannot be sent: it holds characters that no key has.");
    }

    private TimeSpan RetryAfter(HttpResponseMessage response)
    {
        var wait = response.Headers.RetryAfter is not { } after ? DefaultRetryWait
            : after.Delta ?? (after.Date is { } date ? date - time.GetUtcNow() : DefaultRetryWait);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private string ModelOf(SpeechToTextOptions? asked) => asked?.ModelId ?? settings.ModelInForce;

    private async Task<ReadOnlyMemory<byte>> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        if (stream is MemoryStream memory && memory.TryGetBuffer(out var buffer)) return buffer.AsMemory((int)memory.Position);
        using var copy = new BoundedBuffer(settings.MaxBytes);
        await stream.CopyToAsync(copy, cancellationToken);
        return copy.Written;
    }
}
