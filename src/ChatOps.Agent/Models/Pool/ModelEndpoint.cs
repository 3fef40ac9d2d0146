using ChatOps.Agent.Models.Wire;
using Microsoft.Extensions.AI;
using Polly;
using Polly.CircuitBreaker;

namespace ChatOps.Agent.Models.Pool;

/// <summary>One endpoint of a model: its client, how many requests are under way, and whether it is left in peace.</summary>
internal sealed class ModelEndpoint : IDisposable
{
    private const double FailureRatio = 0.5;

    private readonly HttpClient http;
    private readonly TimeProvider time;
    private readonly CircuitBreakerStateProvider circuit = new();
    private volatile Note? lastError;
    private long lastUse;
    private int inFlight;

    /// <summary>Makes it.</summary>
    public ModelEndpoint(ModelOptions entry, ModelsOptions options, Connections connections, TimeProvider time)
    {
        Entry = entry;
        this.time = time;
        http = connections.HttpOf(entry);
        Client = connections.ClientOf(entry, http);
        Circuit = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<EndpointException>(e => e.IsIllness),
                FailureRatio = FailureRatio, MinimumThroughput = options.CircuitFailures, SamplingDuration = options.CircuitWindow, BreakDuration = options.CircuitBreak,
                StateProvider = circuit,
            })
            .Build();
    }

    /// <summary>Its options.</summary>
    public ModelOptions Entry { get; }

    /// <summary>Its client.</summary>
    public IChatClient Client { get; }

    /// <summary>Its connections, for a look at the service without a model.</summary>
    public HttpClient Http => http;

    /// <summary>Counts failures, and refuses while it is left in peace.</summary>
    public ResiliencePipeline Circuit { get; }

    /// <summary>Requests that are under way.</summary>
    public int InFlight => Volatile.Read(ref inFlight);

    /// <summary>Whether it is left in peace.</summary>
    public bool IsResting => circuit.CircuitState is CircuitState.Open or CircuitState.Isolated;

    /// <summary>How it is.</summary>
    public EndpointState State
    {
        get
        {
            var error = lastError;
            var used = Interlocked.Read(ref lastUse);
            return new(Entry.Name, Entry.Provider, new Uri(Connections.AddressOf(Entry)).Authority, IsResting, InFlight,
                used == 0 ? null : new DateTimeOffset(used, TimeSpan.Zero), error?.Text, error?.At);
        }
    }

    /// <summary>A request begins.</summary>
    public void Begin() => Interlocked.Increment(ref inFlight);

    /// <summary>A request ended.</summary>
    public void End() => Interlocked.Decrement(ref inFlight);

    /// <summary>It answered.</summary>
    public void Answered()
    {
        Interlocked.Exchange(ref lastUse, time.GetUtcNow().UtcTicks);
        lastError = null;
    }

    /// <summary>It did not answer.</summary>
    public void Failed(string why) => lastError = new Note(why, time.GetUtcNow());

    /// <inheritdoc/>
    public void Dispose()
    {
        Client.Dispose();
        http.Dispose();
    }

    private sealed record Note(string Text, DateTimeOffset At);
}
