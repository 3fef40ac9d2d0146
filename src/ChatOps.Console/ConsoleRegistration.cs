using ChatOps.Console.Access;
using ChatOps.Console.Approvals;
using ChatOps.Console.Assets;
using ChatOps.Console.Audit;
using ChatOps.Console.Authentication;
using ChatOps.Console.Chat;
using ChatOps.Console.Checks;
using ChatOps.Console.Components;
using ChatOps.Console.DeadLetters;
using ChatOps.Console.Files;
using ChatOps.Console.Http;
using ChatOps.Console.Incidents;
using ChatOps.Console.Jobs;
using ChatOps.Console.Live;
using ChatOps.Console.Nodes;
using ChatOps.Console.Palette;
using ChatOps.Console.Schedules;
using ChatOps.Console.Status;
using ChatOps.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Console;

/// <summary>Adds the web console, and maps its addresses.</summary>
public static class ConsoleRegistration
{
    /// <summary>Adds the console's services. Needs the store, the web channel, the gate, identity, approvals, audit, nodes, jobs and <c>ICommandCompletion</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="options">Settings and bounds.</param>
    public static IServiceCollection AddConsole(this IServiceCollection services, ConsoleOptions options) => services
        .AddSingleton(options)
        .AddSingleton<ISignInLinks, SignInLinks>()
        .AddSingleton<Sessions>()
        .AddSingleton<SessionCookie>()
        .AddSingleton<SignInLimiter>()
        .AddSingleton<OriginPolicy>()
        .AddSingleton<NoticePages>()
        .AddSingleton<RequestGuard>()
        .AddSingleton<ConsoleRenderer>()
        .AddSingleton<AssetStore>()
        .AddSingleton<Permits>()
        .AddSingleton<Pages>()
        .AddSingleton<Decidable>()
        .AddSingleton<ChatReader>()
        .AddSingleton<ChatPosting>()
        .AddSingleton<ShellReader>()
        .AddSingleton<LivePanes>()
        .AddSingleton<LiveFragments>()
        .AddSingleton<LiveSources>()
        .AddSingleton<IConsoleArea, AssetArea>()
        .AddSingleton<IConsoleArea, SignInArea>()
        .AddSingleton<IConsoleArea, ChatArea>()
        .AddSingleton<IConsoleArea, ApprovalsArea>()
        .AddSingleton<IConsoleArea, NodesArea>()
        .AddSingleton<IConsoleArea, JobsArea>()
        .AddSingleton<IConsoleArea, ChecksArea>()
        .AddSingleton<IConsoleArea, IncidentsArea>()
        .AddSingleton<IConsoleArea, SchedulesArea>()
        .AddSingleton<IConsoleArea, AuditArea>()
        .AddSingleton<IConsoleArea, AccessArea>()
        .AddSingleton<IConsoleArea, StatusArea>()
        .AddSingleton<IConsoleArea, DeadLettersArea>()
        .AddSingleton<IConsoleArea, PaletteArea>()
        .AddSingleton<IConsoleArea, FilesArea>()
        .AddSingleton<IConsoleArea, LiveArea>();

    /// <summary>Maps every page and endpoint of the console. Each passes the same guard: headers, host, origin, size, session.</summary>
    /// <param name="endpoints">The application.</param>
    public static IEndpointRouteBuilder MapConsole(this IEndpointRouteBuilder endpoints)
    {
        var routes = new ConsoleRoutes(endpoints, endpoints.ServiceProvider.GetRequiredService<RequestGuard>());
        foreach (var area in endpoints.ServiceProvider.GetServices<IConsoleArea>()) area.Map(routes);
        return endpoints;
    }
}
