namespace ChatOps.Agent.Speech;

/// <summary>The connections to the transcription service. Its own, so that no logging of requests is put into it and the key is nowhere written.</summary>
internal sealed class SpeechConnection(SocketsHttpHandler handler) : IDisposable
{
    /// <summary>Sends requests; every limit of time is the caller's.</summary>
    public HttpMessageInvoker Http { get; } = new(handler, disposeHandler: true);

    /// <inheritdoc/>
    public void Dispose() => Http.Dispose();
}
