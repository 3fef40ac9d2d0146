using ChatOps.Secrets.Redaction;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Secrets;

/// <summary>Redaction and secret references.</summary>
public static class SecretsRegistration
{
    /// <summary>Registers <see cref="IRedactor"/> and <see cref="ISecretReferences"/>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="options">The installation's key.</param>
    public static IServiceCollection AddSecrets(this IServiceCollection services, SecretsOptions options)
    {
        services.AddSingleton<IRedactor>(_ => new Redactor(options));
        services.AddSingleton<ISecretReferences, References.SecretReferences>();
        return services;
    }

    /// <summary>A redactor without a container, for a program that has none.</summary>
    /// <param name="options">The installation's key.</param>
    public static IRedactor CreateRedactor(SecretsOptions options) => new Redactor(options);
}
