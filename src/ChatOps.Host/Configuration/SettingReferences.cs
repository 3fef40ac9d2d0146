using System.Security.Cryptography;
using ChatOps.Secrets;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Host;

/// <summary>Resolves references in settings before there is a host.</summary>
internal static class SettingReferences
{
    /// <summary>The value that a reference stands for, or why it cannot be had.</summary>
    public static (string? Value, string? Problem) Resolve(string text)
    {
        // Nothing is redacted here, so the key is nobody's.
        using var services = new ServiceCollection()
            .AddSecrets(new SecretsOptions { Key = RandomNumberGenerator.GetBytes(SecretsOptions.MinKeyLength) })
            .BuildServiceProvider();
        var resolution = services.GetRequiredService<ISecretReferences>().Resolve(text);
        return (resolution.Value, resolution.Error);
    }
}
