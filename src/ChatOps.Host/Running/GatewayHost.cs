using System.Diagnostics;
using System.Globalization;
using System.Net;
using ChatOps.Console;
using ChatOps.Gateways;
using ChatOps.Host.Api;
using ChatOps.Host.Http;
using ChatOps.Host.Telemetry;
using ChatOps.Mcp;
using ChatOps.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ChatOps.Host;

/// <summary>A gateway in this process: held data directory, opened store, running parts, one listener, and the owner's key beside them.</summary>
internal sealed class GatewayHost : IAsyncDisposable
{
    private static readonly TimeSpan PassingHolder = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PassingHolderPoll = TimeSpan.FromMilliseconds(50);

    private readonly WebApplication app;
    private readonly GatewaySetup setup;
    private readonly GatewayRecordFile recordFile;
    private GatewayRecord? record;

    private GatewayHost(WebApplication app, GatewaySetup setup)
    {
        this.app = app;
        this.setup = setup;
        recordFile = new GatewayRecordFile(setup.DataDirectory);
    }

    /// <summary>The parts.</summary>
    public IServiceProvider Services => app.Services;

    /// <summary>What the command line of the same user finds.</summary>
    public GatewayRecord Record => record ?? throw new InvalidOperationException("The gateway is not ready.");

    /// <summary>Where it listens, with the ports that the system chose.</summary>
    public IReadOnlyList<Uri> Addresses => [.. app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(a => new Uri(a))];

    /// <summary>The address that people type: the public one, else an encrypted one, else the one on this machine.</summary>
    public string AddressForPeople =>
        (setup.Options.Gateway.PublicUrl ?? Addresses.FirstOrDefault(a => a.Scheme == Uri.UriSchemeHttps)?.ToString() ?? Record.Url).TrimEnd('/');

    /// <summary>Ends when the gateway is asked to stop.</summary>
    public CancellationToken Stopping => app.Lifetime.ApplicationStopping;

    /// <summary>Starts a gateway and returns when it is ready.</summary>
    /// <exception cref="StartRefusedException">It cannot start as things are.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be opened.</exception>
    /// <exception cref="ChatOps.Configuration.ConfigurationProblemsException">A file of the operator's is wrong.</exception>
    public static async Task<GatewayHost> StartAsync(GatewaySetup setup, CancellationToken cancellationToken)
    {
        PrepareDataDirectory(setup.DataDirectory);
        var host = new GatewayHost(Build(setup), setup);
        try
        {
            await host.StartAsync(cancellationToken);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until the gateway is asked to stop (SIGTERM, Ctrl+C), then lets go of everything in order.</summary>
    public async Task WaitForStopAsync()
    {
        await app.WaitForShutdownAsync(CancellationToken.None);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // A start that was refused has written none, and must not take away the one of whoever holds the directory.
        if (record is not null) recordFile.Remove();
        try
        {
            using var limit = new CancellationTokenSource(GatewayLimits.Stop);
            await app.StopAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            // What did not stop in time ends with the process, and the next start says that its outcome is unknown.
        }

        // The key ends after the listener: whoever found the record in time is still served.
        using (var limit = new CancellationTokenSource(GatewayLimits.KeyRemoval))
            await Services.GetRequiredService<OwnerKey>().RemoveAsync(limit.Token);

        await app.DisposeAsync();
    }

    /// <summary>Builds the application without starting it.</summary>
    internal static WebApplication Build(GatewaySetup setup)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = "chatops",
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = Environments.Production,
        });
        builder.AddListener(setup);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = GatewayLimits.Stop);
        builder.Services.AddRouting();
        builder.Services.AddChatOps(setup);
        var app = builder.Build();

        app.UseFailures();
        app.UseProxyOnly(setup.Options.Gateway.TrustedProxy);
        app.UseForwardedHeaders();
        app.UseHostFiltering();
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = GatewayLimits.SocketKeepAlive });
        app.UseRouting();
        app.UseRequestTimeouts();
        // By name, or it would be put before everything above: a store that fails would then be an error without a sentence.
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapHealth();
        app.MapMetrics();
        app.MapHttpApi();
        app.MapMcp(ApiTokenScheme.Name, ApiCaller.ForMcp);
        if (setup.Does(GatewayRole.Channels)) app.MapWebhooks();
        if (setup.Options.Fleet.Relay.Enabled && setup.Mode == GatewayMode.Gateway && setup.Does(GatewayRole.Relay)) app.MapRelay();
        if (setup.Options.Web.Enabled && setup.Does(GatewayRole.Console)) app.MapConsole();
        return app;
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        await TakeDataDirectoryAsync(cancellationToken);
        await Services.GetRequiredService<IStoreInitializer>().InitializeAsync(cancellationToken);
        await CheckKeysAsync(cancellationToken);
        Services.GetRequiredService<GatewayMetrics>();
        Services.GetRequiredService<GatewayTraces>();
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            throw new StartRefusedException(
                $"Port {Ports()} is in use by another program. Stop that one, or listen elsewhere: chatops gateway --urls http://127.0.0.1:18791", e);
        }

        // Again, for the keys that were made only now.
        await CheckKeysAsync(cancellationToken);
        var url = ListeningUrl();
        Services.GetRequiredService<IDataDirectoryLock>().SetUrl(url);
        var key = await Services.GetRequiredService<OwnerKey>().CreateAsync(cancellationToken);
        var time = Services.GetRequiredService<TimeProvider>();
        record = new GatewayRecord(url, Environment.ProcessId, time.GetUtcNow(), setup.Mode, key);
        recordFile.Write(record);
    }

    // A command's gateway lives for moments: whoever comes second waits for it rather than being sent away. One that is ready is refused at
    // once: another command can use it, another gateway is not wanted.
    private async Task TakeDataDirectoryAsync(CancellationToken cancellationToken)
    {
        var directory = Services.GetRequiredService<IDataDirectoryLock>();
        var waited = Stopwatch.StartNew();
        while (directory.TryTake(null) is { } holder)
        {
            var ready = recordFile.Read() is { } found && found.Pid == holder.ProcessId && (found.Mode == GatewayMode.Gateway || setup.Mode == GatewayMode.Command);
            if (ready || waited.Elapsed > PassingHolder) throw new StartRefusedException(holder.Explain()) { HeldByAnother = true };
            await Task.Delay(PassingHolderPoll, cancellationToken);
        }
    }

    private Task CheckKeysAsync(CancellationToken cancellationToken) => setup.Options.Store.IsShared
        ? new SharedKeys(Services.GetRequiredService<IStore>(), setup.DataDirectory).RequireSameAsync(Services.GetRequiredService<TimeProvider>(), cancellationToken)
        : Task.CompletedTask;

    private string Ports() => string.Join(" or ", setup.Listen.Select(l => l.Port.ToString(CultureInfo.InvariantCulture)).Distinct());

    // Where this machine reaches it: an address for everybody is not an address to call.
    private string ListeningUrl()
    {
        var addresses = Addresses.Where(a => a.Scheme == Uri.UriSchemeHttp).ToList();
        var address = addresses.FirstOrDefault(a => a.IsLoopback) ?? addresses[0];
        var host = IPAddress.TryParse(address.Host, out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any))
            ? ip.Equals(IPAddress.Any) ? "127.0.0.1" : "[::1]"
            : address.Host;
        return string.Create(CultureInfo.InvariantCulture, $"http://{host}:{address.Port}");
    }

    private static void PrepareDataDirectory(string directory)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(directory);
                return;
            }

            const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            Directory.CreateDirectory(directory, OwnerOnly);
            var mode = File.GetUnixFileMode(directory);
            if ((mode & ~OwnerOnly) == 0)
            {
                PrivateKeys.Require(directory);
                return;
            }

            if (!Directory.EnumerateFileSystemEntries(directory).Any())
            {
                File.SetUnixFileMode(directory, OwnerOnly);
                return;
            }

            // Something of somebody else's may be in it: narrowing it without asking could break that.
            throw new StartRefusedException(
                $"The data directory {directory} can be used by others (mode {Convert.ToString((int)mode, 8)}); it holds the record and keys. Make it yours alone: chmod 700 {directory}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"The data directory {directory} cannot be made: {e.Message} Choose another one with --data.", e);
        }
    }
}
