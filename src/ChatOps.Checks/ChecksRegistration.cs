using ChatOps.Checks.Files;
using ChatOps.Checks.Findings;
using ChatOps.Checks.Probes;
using ChatOps.Checks.Running;
using ChatOps.Checks.States;
using ChatOps.Diagnostics;
using ChatOps.Tools;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Checks;

/// <summary>Registers checks.</summary>
public static class ChecksRegistration
{
    /// <summary>Adds <see cref="IChecks"/> and what looks by itself.</summary>
    public static IServiceCollection AddChecks(this IServiceCollection services, ChecksOptions options) => services
        .AddSingleton(options)
        .AddSingleton<CheckReader>()
        .AddSingleton<CheckFiles>()
        .AddSingleton<CheckBoard>()
        .AddSingleton<FindingWriter>()
        .AddSingleton<FindingSpeaker>()
        .AddSingleton<GatewayTargets>()
        .AddSingleton<IProbe, HttpProbe>()
        .AddSingleton<IProbe, NetworkProbe>()
        .AddSingleton<IProbe, EndpointCertificateProbe>()
        // The gate has tools that ask for checks, and checks look through the gate.
        .AddSingleton(s => new Lazy<IToolInvoker>(s.GetRequiredService<IToolInvoker>))
        .AddSingleton<IProbe, NodeProbe>()
        .AddSingleton<IProber, Prober>()
        .AddSingleton<CheckRunner>()
        .AddSingleton<CheckLoop>()
        .AddSingleton<IChecks, ChecksNow>()
        .AddSingleton<IHealthPart, ChecksHealth>()
        .AddHostedService<CheckHost>();
}
