using ChatOps.Messages;
using ChatOps.Storage;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace ChatOps.Bus;

/// <summary>
/// Brings one kind of message to all its handlers. A failure is tried again a few times at once and then logged and given up, not moved to an error queue that nobody
/// reads: the work is in the store, and the recovery sweep wakes it again.
/// </summary>
/// <typeparam name="T">The kind.</typeparam>
internal sealed partial class Subscription<T>(IEnumerable<IMessageHandler<T>> handlers, BusCounts counts, TimeProvider time, ILogger logger) : Subscription
    where T : class
{
    /// <summary>The pauses between the tries; their number bounds the tries.</summary>
    internal static readonly IReadOnlyList<TimeSpan> RetryDelays = [TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(500)];

    private readonly IMessageHandler<T>[] handlers = [.. handlers];

    public override Type MessageType => typeof(T);

    public override bool TryWake(object message) => handlers is [IWakingHandler<T> only] && only.TryWake((T)message);

    public override bool IsBroadcast => typeof(IBroadcast).IsAssignableFrom(typeof(T));

    public override bool IsAddressed => typeof(IForGateway).IsAssignableFrom(typeof(T));

    public override Task HandleAsync(object message, CancellationToken cancellationToken) => HandleAsync((T)message, cancellationToken);

    public override void Listen(IReceiveEndpointConfigurator endpoint, Func<ConsumeContext, bool> isMeant) =>
        endpoint.Handler<T>(context => isMeant(context) ? HandleAsync(context.Message, context.CancellationToken) : Task.CompletedTask);

    /// <summary>Calls every handler; completes when the last has ended, and throws only for cancellation.</summary>
    internal Task HandleAsync(T message, CancellationToken cancellationToken) => handlers.Length == 1
        ? HandleAsync(handlers[0], message, cancellationToken)
        : Task.WhenAll(handlers.Select(handler => HandleAsync(handler, message, cancellationToken)));

    private async Task HandleAsync(IMessageHandler<T> handler, T message, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await handler.HandleAsync(message, cancellationToken);
                return;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                // A boundary: a handler's bug must not take down the bus, nor the other handlers of the message.
                if (attempt < RetryDelays.Count)
                {
                    LogRetry(typeof(T).Name, handler.GetType().Name, attempt + 1, error is StoreUnavailableException ? error.Message : error.ToString());
                }
                else
                {
                    counts.Fail();
                    LogGivenUp(error, typeof(T).Name, handler.GetType().Name, attempt + 1);
                    return;
                }
            }

            await Task.Delay(RetryDelays[attempt], time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellationToken.IsCancellationRequested) return;
        }
    }
}
