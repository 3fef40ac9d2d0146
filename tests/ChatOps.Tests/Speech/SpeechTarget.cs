using ChatOps.Agent.Speech;
using ChatOps.Secrets;
using ChatOps.Testing.Speech;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatOps.Tests.Speech;

/// <summary>The client as registered, against the loopback service, with everything that it logs.</summary>
internal sealed class SpeechTarget : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private SpeechTarget(TranscriptionServer server, SpeechOptions options, TimeProvider time)
    {
        Server = server;
        services = new ServiceCollection()
            .AddLogging(b => b.SetMinimumLevel(LogLevel.Trace).AddProvider(Log))
            .AddSingleton(time)
            .AddSecrets(new SecretsOptions { Key = new byte[SecretsOptions.MinKeyLength] })
            .AddSpeech(options)
            .BuildServiceProvider();
    }

    public TranscriptionServer Server { get; }

    public KeptLog Log { get; } = new();

    public ISpeechToTextClient Client => services.GetRequiredService<ISpeechToTextClient>();

    public static async Task<SpeechTarget> StartAsync(Action<SpeechOptions>? change = null, TimeProvider? time = null)
    {
        var server = await TranscriptionServer.StartAsync();
        var options = new SpeechOptions { Provider = SpeechProvider.OpenAI, BaseUrl = server.BaseUrl, ApiKey = server.Key };
        change?.Invoke(options);
        return new SpeechTarget(server, options, time ?? TimeProvider.System);
    }

    public async Task<Transcript> HearAsync(byte[] sound) =>
        (Transcript)(await Client.GetTextAsync(new MemoryStream(sound, 0, sound.Length, false, true), null, TestContext.Current.CancellationToken)).RawRepresentation!;

    public async Task<SpeechException> FailAsync(byte[] sound) => await Assert.ThrowsAsync<SpeechException>(() => HearAsync(sound));

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await Server.DisposeAsync();
    }
}
