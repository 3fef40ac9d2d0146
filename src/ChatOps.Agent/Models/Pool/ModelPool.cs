namespace ChatOps.Agent.Models.Pool;

/// <summary>One model on one or more endpoints, with the places of all of them: more steps wait, and too many waiting are refused.</summary>
/// <param name="name">Its name.</param>
/// <param name="endpoints">Where it runs.</param>
/// <param name="maxWaiting">How many steps may wait.</param>
internal sealed class ModelPool(string name, IReadOnlyList<ModelEndpoint> endpoints, int maxWaiting) : IDisposable
{
    private readonly SemaphoreSlim places = new(endpoints.Sum(e => e.Entry.MaxParallel));
    private int waiting;
    private int turn;

    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>Where it runs.</summary>
    public IReadOnlyList<ModelEndpoint> Endpoints { get; } = endpoints;

    /// <summary>How often one step is tried.</summary>
    public int Attempts { get; } = endpoints.Max(e => e.Entry.Attempts);

    /// <summary>What it can hold on every endpoint.</summary>
    public ModelLimits Limits { get; } = new(endpoints.Min(ContextOf), endpoints.Min(e => e.Entry.MaxTokens));

    /// <summary>Waits for a place; give it back with <see cref="Leave"/>.</summary>
    /// <exception cref="ModelException">Too many wait already.</exception>
    public async Task EnterAsync(CancellationToken cancellationToken)
    {
        if (places.Wait(0, cancellationToken)) return;
        if (Interlocked.Increment(ref waiting) > maxWaiting)
        {
            Interlocked.Decrement(ref waiting);
            throw new ModelException(ModelFailure.Overloaded, $"The model '{Name}' has too much to do: {maxWaiting} steps wait for it already. Try again in a minute.");
        }

        try
        {
            await places.WaitAsync(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    /// <summary>Gives a place back.</summary>
    public void Leave() => places.Release();

    /// <summary>The endpoint for the next attempt: one that is well, that this step did not try yet, with the least to do; among equals in turn. Its request has begun.</summary>
    /// <param name="tried">The endpoints that failed in this step.</param>
    public ModelEndpoint Take(IReadOnlyCollection<ModelEndpoint> tried)
    {
        lock (places)
        {
            var first = turn++ & int.MaxValue;
            var chosen = Enumerable.Range(0, Endpoints.Count).Select(i => Endpoints[(first + i) % Endpoints.Count])
                .OrderBy(e => e.IsResting).ThenBy(tried.Contains).ThenBy(e => e.InFlight >= e.Entry.MaxParallel).ThenBy(e => e.InFlight).First();
            chosen.Begin();
            return chosen;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        places.Dispose();
        foreach (var endpoint in Endpoints) endpoint.Dispose();
    }

    private static int ContextOf(ModelEndpoint endpoint) => endpoint.Entry.ContextTokens ?? Providers.ModelPresets.Of(endpoint.Entry).ContextTokens;
}
