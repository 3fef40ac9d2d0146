using ChatOps.Messages;

namespace ChatOps.Bus;

/// <summary>Asks the broker for a sign of life: no queue takes it, and its confirmation is the answer.</summary>
/// <param name="Gateway">Who asks.</param>
internal sealed record BrokerProbe(string Gateway) : IForGateway;
