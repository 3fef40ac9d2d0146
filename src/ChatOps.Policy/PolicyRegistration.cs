using ChatOps.Configuration;
using ChatOps.Outside;
using ChatOps.Policy.Commands;
using ChatOps.Policy.Commands.Knowledge;
using ChatOps.Policy.Rules;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace ChatOps.Policy;

/// <summary>Adds command risk and approval rules.</summary>
public static class PolicyRegistration
{
    /// <summary>
    /// Adds <see cref="ICommandRisk"/>, <see cref="IApprovalRules"/> and an <see cref="IReloadStatus"/> for policy.yaml. The host starts only when the
    /// file is good or missing; otherwise <see cref="ConfigurationProblemsException"/> names every problem.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="options">Where the policy comes from.</param>
    public static IServiceCollection AddPolicy(this IServiceCollection services, PolicyOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(_ => BuiltInKnowledge.Load());
        services.AddSingleton<PolicySource>();
        services.AddSingleton<IReloadStatus>(provider => provider.GetRequiredService<PolicySource>());
        services.AddSingleton<ICommandRisk, CommandRisk>();
        services.AddSingleton<IApprovalRules, ApprovalRules>();
        services.AddSingleton<IPolicyTrial, PolicyTrial>();
        services.AddSingleton<IOutsideRisks, OutsideRisks>();
        services.AddSingleton<IHostedService, PolicyWatch>();
        return services;
    }
}
