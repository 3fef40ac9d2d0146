using System.Security.Cryptography;
using ChatOps.Agent.Models;
using ChatOps.Models;
using ChatOps.Secrets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOps.Host;

/// <summary>Tries the configured models without a gateway.</summary>
internal static class ModelSetup
{
    /// <summary>Every endpoint of every model.</summary>
    public static async Task<IReadOnlyList<ModelFinding>> CheckAsync(ModelsOptions options, CancellationToken cancellationToken) =>
        options.Endpoints.Count == 0 ? [] : await WithAsync(options, check => check.CheckAsync(cancellationToken));

    /// <summary>Asks the model that answers by default for a few words.</summary>
    public static Task<ModelFinding> AskAsync(ModelsOptions options, CancellationToken cancellationToken) => WithAsync(options, check => check.AskAsync(cancellationToken));

    private static async Task<T> WithAsync<T>(ModelsOptions options, Func<IModelCheck, Task<T>> work)
    {
        // Nothing is redacted here, so the key is nobody's.
        await using var services = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddSecrets(new SecretsOptions { Key = RandomNumberGenerator.GetBytes(SecretsOptions.MinKeyLength) })
            .AddModelCheck(options)
            .BuildServiceProvider();
        return await work(services.GetRequiredService<IModelCheck>());
    }
}
