using Microsoft.Extensions.Logging;

namespace ChatOps.Bus.Gateways;

internal sealed partial class GatewayRegister
{
    [LoggerMessage(2070, LogLevel.Warning, "The store could not be told that this gateway is alive, nor asked for the others: {Reason}")]
    private partial void LogAway(string reason);
}
