using ChatOps.Audit.Checkpoints;
using ChatOps.Audit.Queries;
using ChatOps.Audit.Writing;
using ChatOps.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ChatOps.Audit;

/// <summary>Adds the audit record.</summary>
public static class AuditRegistration
{
    /// <summary>
    /// Adds <see cref="IAuditWriter"/>, <see cref="IAuditLog"/>, the checkpoint service and the health part <c>audit</c>. Needs
    /// <see cref="ChatOps.Storage.IStore"/> (initialised before hosted services start) and <see cref="ChatOps.Secrets.IRedactor"/>.
    /// </summary>
    public static IServiceCollection AddAudit(this IServiceCollection services, AuditOptions options)
    {
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IIdGenerator, IdGenerator>();
        services.AddSingleton(options);
        services.AddSingleton<ChainCondition>();
        services.AddSingleton<CheckpointKey>();
        services.AddSingleton<CheckpointFile>();
        services.AddSingleton<ChainVerifier>();
        services.AddSingleton<IAuditWriter, AuditWriter>();
        services.AddSingleton<IAuditLog, AuditLog>();
        services.AddSingleton<IHealthPart, AuditHealth>();
        services.AddHostedService<CheckpointService>();
        return services;
    }
}
