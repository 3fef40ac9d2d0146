using ChatOps.Testing;
using ChatOps.Testing.Servers;
using RabbitMQ.Client;

namespace ChatOps.Tests.Bus;

/// <summary>A look into a real broker past the gateways.</summary>
internal static class BrokerClient
{
    public static Task<IConnection> ConnectAsync(this RabbitServer broker) =>
        new ConnectionFactory { HostName = "127.0.0.1", Port = broker.Port, UserName = RabbitServer.User, Password = RabbitServer.User, ContinuationTimeout = Until.Limit }
            .CreateConnectionAsync();
}
