namespace ChatOps.Channels.Tests.Slack;

/// <summary>Lets the channel reach the loopback server (the configured root) and nothing else, as the real guard does.</summary>
internal sealed class LoopbackEgress : IEgress
{
    public bool Allows(Uri address, IReadOnlyList<string> platformHosts, Uri root) =>
        (address.Host == root.Host && address.Port == root.Port) || platformHosts.Any(host => address.Host == host || address.Host.EndsWith("." + host, StringComparison.Ordinal));

    public SocketsHttpHandler CreateHandler(Uri root) => new() { AllowAutoRedirect = false };
}
