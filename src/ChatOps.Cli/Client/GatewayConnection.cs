using System.Collections.Concurrent;
using System.Diagnostics;
using ChatOps.Host;

namespace ChatOps.Cli.Client;

/// <summary>A gateway to talk to, and the one that was started for this command, if any.</summary>
/// <param name="client">Talks to it.</param>
/// <param name="own">Lives as long as the command.</param>
/// <param name="find">Looks for the gateway as it runs now, with the key of this run; null when it does not answer.</param>
internal sealed class GatewayConnection(GatewayClient client, GatewayHost? own, Func<CancellationToken, Task<GatewayClient?>> find) : IAsyncDisposable
{
    /// <summary>How long a gateway that has gone away is waited for: a restart takes seconds.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>What a person who waits is shown meanwhile.</summary>
    public const string Away = "the gateway is away; waiting for it";

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    // One that is there and breaks off each time is not waited for without end.
    private const int MaxReturns = 10;

    private readonly ConcurrentBag<GatewayClient> former = [];
    private volatile GatewayClient current = client;

    /// <summary>Talks to it.</summary>
    public GatewayClient Client => current;

    /// <summary>Whether the gateway ends with this command.</summary>
    public bool IsOwn => own is not null;

    /// <summary>Asks something that may be asked again: when the gateway goes away meanwhile, waits until it is back, and asks the one that is there then.</summary>
    /// <param name="ask">Asks.</param>
    /// <param name="away">Is told each time that the gateway has gone.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <exception cref="CliFailureException">It did not come back within <see cref="Patience"/>, went again too often, or answered that it does not do it.</exception>
    public async Task<T> AskAsync<T>(Func<GatewayClient, Task<T>> ask, Action? away, CancellationToken cancellationToken)
    {
        for (var returns = 0; ; returns++)
        {
            try
            {
                return await ask(current);
            }
            catch (CliFailureException e) when (!IsOwn && returns < MaxReturns && e.Code is GatewayClient.Unreachable or GatewayClient.ConnectionLost)
            {
                away?.Invoke();
                if (!await ReturnsAsync(cancellationToken)) throw;
            }
        }
    }

    private async Task<bool> ReturnsAsync(CancellationToken cancellationToken)
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Patience; await Task.Delay(Look, cancellationToken))
        {
            if (await find(cancellationToken) is not { } found) continue;
            // Somebody else may be using it at this moment, and learns by itself that it is of no use any more.
            former.Add(current);
            current = found;
            return true;
        }

        return false;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        current.Dispose();
        foreach (var one in former) one.Dispose();
        if (own is not null) await own.DisposeAsync();
    }
}
