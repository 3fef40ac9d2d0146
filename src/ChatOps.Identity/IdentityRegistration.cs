using ChatOps.Configuration;
using ChatOps.Diagnostics;
using ChatOps.Fleet;
using ChatOps.Identity.Editing;
using ChatOps.Identity.Files;
using ChatOps.Identity.Pairing;
using ChatOps.Identity.Roles;
using ChatOps.Messages;
using ChatOps.Tools;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace ChatOps.Identity;

/// <summary>Registers who people are and what they may do.</summary>
public static class IdentityRegistration
{
    /// <summary>
    /// Adds <see cref="IPrincipals"/>, <see cref="IOwner"/>, <see cref="IAuthorizer"/>, <see cref="IAccessEditor"/>, <see cref="IAccessChanges"/>,
    /// two <see cref="IReloadStatus"/> and the health part <c>access</c>. The files are loaded when the host begins to start, before any other
    /// service runs; bad ones stop it with <see cref="ConfigurationProblemsException"/>. Needs <see cref="IToolCatalogue"/>.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="options">Where the files are.</param>
    public static IServiceCollection AddIdentity(this IServiceCollection services, IdentityOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        // Asked when a file is read, not when this is built: the tools themselves need what is registered here.
        services.AddSingleton(provider => new AccessDocumentReader(() => ToolNames(provider.GetRequiredService<IToolCatalogue>())));
        services.AddSingleton<AccessFiles>();
        services.AddSingleton<IAccessChanges>(provider => provider.GetRequiredService<AccessFiles>());
        services.AddSingleton(provider => provider.GetRequiredService<AccessFiles>().WorkspaceStatus);
        services.AddSingleton(provider => provider.GetRequiredService<AccessFiles>().DataStatus);
        services.AddSingleton<INodeGroups, AccessGroups>();
        services.AddSingleton<Principals>();
        services.AddSingleton<IPrincipals>(provider => provider.GetRequiredService<Principals>());
        services.AddSingleton<IOwner>(provider => provider.GetRequiredService<Principals>());
        services.AddSingleton<IAuthorizer, Authorizer>();
        services.AddSingleton<IAccessEditor, AccessEditor>();
        services.AddSingleton<AnsweredToday>();
        services.AddSingleton<PairingCards>();
        services.AddSingleton<Pairings>();
        services.AddSingleton<IPairings>(provider => provider.GetRequiredService<Pairings>());
        services.AddSingleton<IAdmission, Admission>();
        services.AddSingleton<IRecoverySweep, AdmissionSweep>();
        services.AddSingleton<IHealthPart, AccessHealth>();
        services.AddSingleton<IHostedService, AccessWatcher>();
        return services;
    }

    private static HashSet<string> ToolNames(IToolCatalogue tools) =>
        tools.All.SelectMany(tool => new[] { tool.Name, tool.Group }).ToHashSet(StringComparer.Ordinal);
}
