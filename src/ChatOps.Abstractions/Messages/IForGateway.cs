namespace ChatOps.Messages;

/// <summary>Marks a message for one gateway alone. When that one cannot be reached the message is lost, and whoever sent it finds that out by itself.</summary>
public interface IForGateway
{
    /// <summary>The gateway's id (<see cref="Gateways.GatewayIdentity.Id"/>).</summary>
    string Gateway { get; }

    /// <summary>After so long under way it is worthless, and lost rather than late; null when late is as good.</summary>
    TimeSpan? Lifetime => null;
}
