using ChatOps.Checks;
using ChatOps.Configuration;
using ChatOps.Secrets;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatOps.Agent.Speech;

/// <summary>Registers listening to voice notes.</summary>
internal static class SpeechRegistration
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);
    private const int MaxConnections = 16;

    /// <summary>Adds it. Without a provider voice notes are answered with what to configure.</summary>
    /// <param name="services">The services.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ConfigurationProblemsException">All that is wrong with the options.</exception>
    public static IServiceCollection AddSpeech(this IServiceCollection services, SpeechOptions options)
    {
        if (options.Problems() is { Count: > 0 } problems) throw new ConfigurationProblemsException(problems);
        return services
            .AddSingleton(options)
            .AddSingleton(_ => new SpeechConnection(Handler()))
            .AddSingleton<ISpeechToTextClient>(provider => new TranscriptionClient(
                options, provider.GetRequiredService<SpeechConnection>().Http, provider.GetRequiredService<ISecretReferences>(), provider.GetRequiredService<IRedactor>(),
                provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<TranscriptionClient>>()))
            .AddSingleton(provider => (ICredentialProbe)provider.GetRequiredService<ISpeechToTextClient>())
            .AddSingleton<SpokenCommands>()
            .AddSingleton<VoiceNotes>();
    }

    // A redirect would carry the sound, and with some servers the key, elsewhere; headers of ours are nobody's business.
    private static SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false, UseCookies = false, ActivityHeadersPropagator = null, ConnectTimeout = ConnectTimeout,
        PooledConnectionLifetime = ConnectionLifetime, MaxConnectionsPerServer = MaxConnections,
    };
}
