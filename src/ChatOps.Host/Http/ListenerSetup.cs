using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatOps.Host.Http;

/// <summary>The one listener: addresses, limits, and which host names it answers to.</summary>
internal static class ListenerSetup
{
    /// <summary>Sets Kestrel up.</summary>
    public static void AddListener(this WebApplicationBuilder builder, GatewaySetup setup)
    {
        builder.Services.AddSingleton(provider => new ServerCertificate(
            setup.Options.Gateway.Tls, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<ServerCertificate>>()));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            var limits = kestrel.Limits;
            limits.MaxRequestBodySize = GatewayLimits.RequestBodyBytes;
            limits.MaxRequestHeadersTotalSize = GatewayLimits.RequestHeadersBytes;
            limits.MaxRequestHeaderCount = GatewayLimits.RequestHeaderCount;
            limits.MaxRequestLineSize = GatewayLimits.RequestLineBytes;
            limits.MaxConcurrentConnections = GatewayLimits.Connections;
            limits.MaxConcurrentUpgradedConnections = GatewayLimits.UpgradedConnections;
            limits.RequestHeadersTimeout = GatewayLimits.RequestHeaders;
            foreach (var address in setup.Listen)
            {
                kestrel.Listen(address.Address, address.Port, listen =>
                {
                    listen.Protocols = HttpProtocols.Http1;
                    if (!address.Encrypted) return;
                    var certificate = kestrel.ApplicationServices.GetRequiredService<ServerCertificate>();
                    listen.UseHttps(new TlsHandshakeCallbackOptions
                    {
                        OnConnection = _ => ValueTask.FromResult(certificate.Options()), HandshakeTimeout = GatewayLimits.RequestHeaders,
                    });
                });
            }
        });

        // A page on another site can make a browser talk to a loopback address under its own name (DNS rebinding): the name gives it away.
        builder.Services.Configure<HostFilteringOptions>(options =>
        {
            options.AllowedHosts = AllowedHosts(setup);
            options.AllowEmptyHosts = false;
            options.IncludeFailureMessage = false;
        });

        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            foreach (var network in ProxyNetworks.Parse(setup.Options.Gateway.TrustedProxy)) options.KnownIPNetworks.Add(network);
        });

        builder.Services.AddRequestTimeouts(options => options.DefaultPolicy = new() { Timeout = GatewayLimits.Request });
    }

    /// <summary>The names a request may be addressed to: loopback's, the configured listeners' and the public one.</summary>
    public static IList<string> AllowedHosts(GatewaySetup setup)
    {
        var hosts = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "localhost", "127.0.0.1", "[::1]" };
        hosts.UnionWith(setup.Listen.Select(l => l.Host));
        if (setup.Options.Gateway.PublicUrl is { } url) hosts.Add(new Uri(url).Host);
        return [.. hosts];
    }
}
