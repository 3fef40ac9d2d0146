using ChatOps.Agent.Speech;
using ChatOps.Channels;
using ChatOps.Messages;
using ChatOps.Storage;
using ChatOps.Testing;
using ChatOps.Testing.Speech;
using ChatOps.Tests.Agent.Fakes;

namespace ChatOps.Tests.Speech;

/// <summary>Agent, bus and store as in the product, a scripted gate, and the loopback transcription service.</summary>
internal sealed class VoiceGateway : IAsyncDisposable
{
    private VoiceGateway(Gateway gateway, TranscriptionServer server) => (Gateway, Server) = (gateway, server);

    public Gateway Gateway { get; }

    public TranscriptionServer Server { get; }

    public ScriptedInvoker Gate => Gateway.Gate;

    public static async Task<VoiceGateway> StartAsync(Action<SpeechOptions>? change = null, ScriptedInvoker? gate = null, string? directory = null, TranscriptionServer? server = null)
    {
        server ??= await TranscriptionServer.StartAsync();
        var options = new SpeechOptions { Provider = SpeechProvider.OpenAI, BaseUrl = server.BaseUrl, ApiKey = server.Key };
        change?.Invoke(options);
        return new VoiceGateway(await Gateway.StartAsync(gate, directory, speech: options), server);
    }

    /// <summary>Somebody sends a voice note; the service will hear <paramref name="heard"/>.</summary>
    public async Task<InboxItem> SpeakAsync(string heard, string caption = "", string user = "ana")
    {
        Server.Then(ServerAnswer.Says(heard));
        return await SendAsync(await SpokenSound.OggOpusAsync("show me the status"), caption, user: user);
    }

    /// <summary>Sends these bytes as a voice note and waits for the end of its turn.</summary>
    public async Task<InboxItem> SendAsync(byte[] sound, string caption = "", InboundFile? file = null, string user = "ana") =>
        await Gateway.EndAsync(await PostAsync(sound, caption, file, user));

    public async Task<string> PostAsync(byte[] sound, string caption = "", InboundFile? file = null, string user = "ana")
    {
        file ??= Note();
        Gateway.Channel.Files[file.Reference] = async (into, token) =>
        {
            await into.WriteAsync(sound, token);
            return FileFetch.Done;
        };
        return await Gateway.SayAsync(caption, user: user, context: new InboundContext { Anchor = "m-1", Files = [file] });
    }

    public static InboundFile Note(string? reference = null) =>
        new(InboundFileKind.Voice, reference ?? Some.Unique("file"), "voice.ogg", "audio/ogg", Bytes: 5000, Duration: TimeSpan.FromSeconds(2));

    public Task<IReadOnlyList<string>> RepliesAsync(InboxItem item) => Gateway.RepliesAsync(item.Id);

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Server.DisposeAsync();
    }
}
