using ChatOps.Agent;
using ChatOps.Agent.Skills;
using ChatOps.Approvals;
using ChatOps.Audit;
using ChatOps.Bus;
using ChatOps.Channels;
using ChatOps.Channels.Discord;
using ChatOps.Channels.Slack;
using ChatOps.Channels.Telegram;
using ChatOps.Channels.Web;
using ChatOps.Checks;
using ChatOps.Console;
using ChatOps.Fleet;
using ChatOps.Gateways;
using ChatOps.Host.Api;
using ChatOps.Host.Logging;
using ChatOps.Host.Telemetry;
using ChatOps.Identity;
using ChatOps.Mcp;
using ChatOps.Node;
using ChatOps.Policy;
using ChatOps.Scheduling;
using ChatOps.Secrets;
using ChatOps.Storage;
using ChatOps.Tools;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace ChatOps.Host;

/// <summary>The composition root.</summary>
public static class ChatOpsRegistration
{
    /// <summary>The table of contents: one line a capability. Hosted services start in this order and stop in the reverse one.</summary>
    internal static IServiceCollection AddChatOps(this IServiceCollection services, GatewaySetup setup)
    {
        var options = setup.Options;
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IIdGenerator, IdGenerator>();
        return services
            .AddSingleton(setup)
            .AddSingleton(setup.Gateway())
            .AddSingleton<IHostLifetime, CallersLifetime>()
            .AddGatewayLogging(setup)
            .AddSecrets(new SecretsOptions { Key = InstallationKey.ReadOrCreate(setup.DataDirectory) })
            .AddStorage(setup.Storage())
            .AddAudit(new AuditOptions { DataDirectory = setup.DataDirectory })
            .AddIdentity(setup.Identity())
            .AddPolicy(setup.Policy())
            .AddLocalExecution(setup.Node())
            .AddFleet(options.Fleet, setup.DataDirectory)
            .AddBus(setup.Bus())
            .AddApprovals(options.Approvals)
            .AddTools(setup.Tools())
            .AddAgent(setup.Agent(), options.Speech, options.Models, setup.Context())
            .AddSkills(setup.Skills())
            .AddSingleton<IEgress>(new EgressGuard(options.Egress))
            .AddSingleton<ICredentials, ConfiguredCredentials>()
            .AddChecks(setup.Checks())
            .AddScheduling(setup.Scheduling())
            .AddWebChannel(new WebOptions())
            .AddPlatforms(setup)
            .AddConsole(new ConsoleOptions { Served = options.Web.Enabled && setup.Does(GatewayRole.Console), PublicUrl = options.Gateway.PublicUrl is { } url ? new Uri(url) : null })
            .AddTelemetry(options.Telemetry)
            .AddMcp(setup.Mcp(), options.Gateway.PublicUrl is { } address ? new Uri(address) : null, setup.DataDirectory)
            .AddHttpApi();
    }

    // A command's own gateway lives for moments: connecting to platforms, and taking what people say there, is the work of one that stays.
    private static IServiceCollection AddPlatforms(this IServiceCollection services, GatewaySetup setup) => setup.Mode == GatewayMode.Command
        ? services
        : services
            .AddTelegramChannel(setup.Options.TelegramAt(setup.Options.Gateway.PublicUrl))
            .AddSlackChannel(setup.Options.Slack)
            .AddDiscordChannel(setup.Options.Discord);
}
