using Microsoft.Extensions.Logging;

namespace ChatOps.Fleet.Far;

internal sealed partial class SharedFleetKeeper
{
    [LoggerMessage(8040, LogLevel.Warning, "What other gateways changed in the fleet cannot be read at the moment: {Reason}")]
    private partial void LogAway(string reason);
}
