using Microsoft.Extensions.Logging;

namespace ChatOps.Bus;

internal sealed partial class RabbitMqTransport
{
    [LoggerMessage(2020, LogLevel.Warning, "RabbitMQ at {Broker} cannot be reached ({Reason}). Work goes on in this gateway; others find theirs more slowly. It is tried again every few seconds.")]
    private partial void LogUnreachable(string broker, string reason);

    [LoggerMessage(2021, LogLevel.Information, "Connected to RabbitMQ at {Broker}.")]
    private partial void LogConnected(string broker);

    [LoggerMessage(2022, LogLevel.Warning, "RabbitMQ at {Broker} did not confirm a message ({Reason}). Until it answers again, work goes on in this gateway alone.")]
    private partial void LogNotConfirmed(string broker, string reason);

    [LoggerMessage(2023, LogLevel.Warning, "RabbitMQ at {Broker} is away ({Reason}). Until it is back, work goes on in this gateway alone.")]
    private partial void LogAway(string broker, string reason);

    [LoggerMessage(2025, LogLevel.Error, "RabbitMQ at {Broker} was not connected to: {Why} Work goes on in this gateway alone.")]
    private partial void LogRefused(string broker, string why);
}
