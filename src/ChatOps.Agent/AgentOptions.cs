using System.ComponentModel.DataAnnotations;

namespace ChatOps.Agent;

/// <summary>Options of conversations and turns (<c>Agent</c> in the configuration).</summary>
public sealed class AgentOptions
{
    /// <summary>How many turns may run at once in this process; more wait their turn in the store. 1 to 10,000; default 256.</summary>
    [Range(1, 10_000)]
    public int MaxConcurrentTurns { get; set; } = 256;

    /// <summary>How often a message is tried before it is parked as failed. 1 to 100; default 5.</summary>
    [Range(1, 100)]
    public int MaxAttempts { get; set; } = 5;

    /// <summary>How long a conversation stays taken when its process dies; renewed while a turn runs. 1 s to 5 min; default 5 s.</summary>
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>A turn that takes longer than this says that it is being worked on. Default 300 ms.</summary>
    public TimeSpan WorkingAfter { get; set; } = TimeSpan.FromMilliseconds(300);

    /// <summary>The same for a turn that has output to show. Default 100 ms.</summary>
    public TimeSpan OutputAfter { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How often streamed output is shown at most. Default 100 ms.</summary>
    public TimeSpan ProgressInterval { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The first pause before a turn that failed inside is tried again; doubled each time up to <see cref="MaxRetryDelay"/>. Default 500 ms.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest such pause. Default 10 s.</summary>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long running turns may go on when the gateway stops; then they are cancelled. 0 to 5 min; default 30 s.</summary>
    public TimeSpan DrainTime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether this process is alone with its store, so that at its start every lease of another holder is a dead one's. Default true.</summary>
    public bool AloneWithStore { get; set; } = true;
}
