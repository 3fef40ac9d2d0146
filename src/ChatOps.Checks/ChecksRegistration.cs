using ChatOps.Checks.Files;
using ChatOps.Checks.Findings;
using ChatOps.Checks.Incidents;
using ChatOps.Checks.Outside;
using ChatOps.Checks.Probes;
using ChatOps.Checks.Responses;
using ChatOps.Checks.Runbooks;
using ChatOps.Checks.Running;
using ChatOps.Checks.States;
using ChatOps.Diagnostics;
using ChatOps.Messages;
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
        .AddSingleton(s => new Lazy<ICredentials>(s.GetRequiredService<ICredentials>))
        .AddSingleton<IProbe, CredentialProbe>()
        // The gate has tools that ask for checks, and checks look through the gate.
        .AddSingleton(s => new Lazy<IToolInvoker>(s.GetRequiredService<IToolInvoker>))
        .AddSingleton<IProbe, NodeProbe>()
        .AddSingleton<IProber, Prober>()
        .AddSingleton<CheckRunner>()
        .AddSingleton<CheckLoop>()
        .AddSingleton<IChecks, ChecksNow>()
        .AddRunbooks()
        .AddResponses()
        .AddWorking(options)
        .AddSingleton<IncidentBook>()
        .AddSingleton<IncidentRecord>()
        .AddSingleton<IncidentThreads>()
        .AddSingleton<IIncidents, Incidents.Incidents>()
        .AddSingleton<IHealthPart, ChecksHealth>()
        .AddHostedService<CheckHost>()
        .AddHostedService<OutsideWatch>();

    private static IServiceCollection AddRunbooks(this IServiceCollection services) => services
        // Tools ask for notes, and notes are written in the commands of tools.
        .AddSingleton(s => new Lazy<ICommandReader>(s.GetRequiredService<ICommandReader>))
        .AddSingleton<RunbookCommands>()
        .AddSingleton<RunbookReader>()
        .AddSingleton<RunbookFiles>()
        .AddSingleton<IRunbooks, Runbooks.Runbooks>();

    private static IServiceCollection AddResponses(this IServiceCollection services) => services
        .AddSingleton(s => new Lazy<IInvestigations>(s.GetRequiredService<IInvestigations>))
        .AddSingleton<NoteProposal>()
        .AddSingleton<FindingResponder>()
        .AddSingleton<RunbookOutcomes>();

    private static IServiceCollection AddWorking(this IServiceCollection services, ChecksOptions options) => !options.Works ? services : services
        .AddMessageHandler<FindingTold, FindingWorker>()
        .AddMessageHandler<InvocationFinished, FindingWorker>()
        .AddMessageHandler<ThreadSettled, FindingWorker>()
        .AddHostedService(s => s.GetRequiredService<FindingWorker>());
}
