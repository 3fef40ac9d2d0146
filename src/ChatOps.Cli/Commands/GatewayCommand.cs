using System.CommandLine;
using System.Diagnostics;
using ChatOps.Gateways;
using ChatOps.Host;
using ChatOps.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Cli.Commands;

/// <summary><c>chatops gateway</c>: everything in one process, until it is stopped.</summary>
internal static class GatewayCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CliContext context)
    {
        var urls = new Option<string?>("--urls") { HelpName = "URLS", Description = "Listen there instead of the configured address; port 0 lets the system choose." };
        var noOpen = new Option<bool>("--no-open") { Description = "Do not open a browser." };
        var skills = new Option<string?>("--skills") { HelpName = "DIR", Description = "Use the skills in this directory too." };
        var roles = new Option<string?>("--role")
        {
            HelpName = "ROLES",
            Description = $"Do only this part of the work, separated by commas: {GatewayRoles.Names}. Default all; fewer need PostgreSQL and RabbitMQ, and other gateways that do the rest.",
        };
        var command = new Command("gateway", "Start the gateway: channels, workers, web console and HTTP API, until Ctrl+C.") { urls, noOpen, skills, roles };
        command.SetAction((result, cancellationToken) => RunAsync(context, context.Global(result), result.GetValue(urls), !result.GetValue(noOpen), result.GetValue(skills), result.GetValue(roles), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CliContext context, GlobalValues global, string? urls, bool open, string? skills, string? roles, CancellationToken cancellationToken)
    {
        var (settings, places, data) = CliSettings.Load(global);
        if (urls is not null) UseUrls(settings.Options, urls);
        if (skills is not null && !Directory.Exists(skills)) throw new CliFailureException(ExitCodes.Usage, "usage", $"--skills: there is no directory {skills}.");
        settings.Options.Skills.Directory = skills ?? settings.Options.Skills.Directory;
        if (roles is not null) UseRoles(settings.Options, roles);
        var setup = new GatewaySetup(GatewayMode.Gateway, settings.Options, places, data) { Verbose = global.Verbose };
        await using var host = await GatewayHost.StartAsync(setup, cancellationToken);
        await AnnounceAsync(context, host, setup, open, cancellationToken);

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, host.Stopping);
        try
        {
            await Task.Delay(Timeout.Infinite, stop.Token);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCodes.Done;
        }
        catch (OperationCanceledException)
        {
            context.Say($"The gateway stopped by itself; {Path.Combine(data, "logs")} says why.");
        }

        return ExitCodes.Failed;
    }

    private static void UseUrls(ChatOpsOptions options, string urls)
    {
        if (ListenAddress.Check(urls) is { } problem) throw new CliFailureException(ExitCodes.Usage, "usage", $"--urls: {problem}");
        options.Gateway.Urls = urls;
        if (SettingsLoader.ProblemsOf(options.Gateway, "--urls").ToList() is { Count: > 0 } problems) throw new Configuration.ConfigurationProblemsException(problems);
    }

    private static void UseRoles(ChatOpsOptions options, string roles)
    {
        if (GatewayRoles.Check(roles) is { } problem) throw new CliFailureException(ExitCodes.Usage, "usage", $"--role: {problem}");
        options.Gateway.Roles = GatewayRoles.Parse(roles);
        if (GatewayRoles.Problem(options) is { } lacking) throw new CliFailureException(ExitCodes.Usage, "usage", $"--role {roles} {lacking}");
    }

    private static async Task AnnounceAsync(CliContext context, GatewayHost host, GatewaySetup setup, bool open, CancellationToken cancellationToken)
    {
        var output = context.Streams.Output;
        var url = host.AddressForPeople;
        await output.WriteLineAsync($"ChatOps is ready at {url}");
        if (setup.Options.Web.Enabled && setup.Does(GatewayRole.Console))
        {
            var links = host.Services.GetRequiredService<ISignInLinks>();
            var owner = host.Services.GetRequiredService<IOwner>();
            var link = url + await links.CreateAsync(owner.PrincipalId, cancellationToken);
            await output.WriteLineAsync($"Open {link}");
            await output.WriteLineAsync($"The link signs in {owner.PrincipalId} once, within {links.Lifetime.TotalMinutes:0} minutes; `chatops access link` makes another.");
            if (open && context.Streams.OutputIsTerminal) OpenBrowser(link);
        }

        await output.FlushAsync(cancellationToken);
    }

    // Nothing depends on it: the address stands above.
    private static void OpenBrowser(string link)
    {
        var program = OperatingSystem.IsMacOS() ? "open"
            : OperatingSystem.IsLinux() && (HasVariable("DISPLAY") || HasVariable("WAYLAND_DISPLAY")) ? "xdg-open"
            : null;
        if (program is null) return;
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, [link]) { RedirectStandardOutput = true, RedirectStandardError = true });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // There is no such program here.
        }
    }

    private static bool HasVariable(string name) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name));
}
