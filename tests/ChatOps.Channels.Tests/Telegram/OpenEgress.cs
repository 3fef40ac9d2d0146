namespace ChatOps.Channels.Tests.Telegram;

/// <summary>Lets everything through: the platform is on loopback.</summary>
internal sealed class OpenEgress : IEgress
{
    public bool Allows(Uri address, IReadOnlyList<string> platformHosts, Uri root) => true;

    public SocketsHttpHandler CreateHandler(Uri root) => new() { AllowAutoRedirect = false, UseProxy = false };
}
