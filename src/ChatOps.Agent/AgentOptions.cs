using System.ComponentModel.DataAnnotations;

namespace ChatOps.Agent;

/// <summary>Options of conversations and turns (<c>Agent</c> in the configuration).</summary>
public sealed class AgentOptions
{
    /// <summary>Limits of <see cref="MaxSteps"/>.</summary>
    public static readonly (int Min, int Max) MaxStepsRange = (1, 200);

    /// <summary>Whether this process works on what was accepted; otherwise others on the same store do. Default true.</summary>
    public bool Works { get; set; } = true;

    /// <summary>How many turns may run at once in this process; more wait their turn in the store. 1 to 10,000; default 256.</summary>
    [Range(1, 10_000)]
    public int MaxConcurrentTurns { get; set; } = 256;

    /// <summary>How many messages of one person are answered in a minute by this gateway; default 120. What stops, halts or decides is never counted.</summary>
    [Range(1, 1_000_000)]
    public int MessagesPerMinute { get; set; } = 120;

    /// <summary>The same for everybody together; default 6,000.</summary>
    [Range(1, 1_000_000)]
    public int MessagesPerMinuteInAll { get; set; } = 6_000;

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

    /// <summary>How many messages a model may write in one turn; the last one is the answer. 1 to 200; default 25.</summary>
    [Range(1, 200)]
    public int MaxSteps { get; set; } = 25;

    /// <summary>How many tokens a model may read and write in one turn, all its steps together. Default 500,000.</summary>
    [Range(1000, 100_000_000)]
    public long MaxTurnTokens { get; set; } = 500_000;

    /// <summary>How long a turn may work before a model is not asked any more; waiting for an approval does not count. Default 15 min.</summary>
    public TimeSpan MaxTurnTime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How often a model may make exactly the same call in one turn; more are not made, and twice as many end the turn. 1 to 50; default 3.</summary>
    [Range(1, 50)]
    public int MaxSameCalls { get; set; } = 3;

    /// <summary>How many calls a model may make with one message; more are not made. 1 to 100; default 16.</summary>
    [Range(1, 100)]
    public int MaxCallsPerStep { get; set; } = 16;

    /// <summary>How many reading calls of one message run at once. 1 to 64; default 8.</summary>
    [Range(1, 64)]
    public int MaxParallelCalls { get; set; } = 8;

    /// <summary>How many characters the arguments of one call may have. Default 65,536.</summary>
    [Range(1000, 10_000_000)]
    public int MaxArgumentCharacters { get; set; } = 64 * 1024;

    /// <summary>How many characters of a result a model is given: its head and its tail; the whole is kept as a file. 1,000 to 1,000,000; default 12,000.</summary>
    [Range(1000, 1_000_000)]
    public int MaxResultCharacters { get; set; } = 12_000;

    /// <summary>How many waiting messages of one person one turn answers together. 1 to 100; default 20.</summary>
    [Range(1, 100)]
    public int MaxJoined { get; set; } = 20;

    /// <summary>Limits of <see cref="BudgetWait"/>.</summary>
    public static readonly (TimeSpan Min, TimeSpan Max) BudgetWaitRange = (TimeSpan.FromMinutes(1), TimeSpan.FromDays(7));

    /// <summary>How long a turn lies still at a budget that is used up, before it ends. Default 4 h.</summary>
    public TimeSpan BudgetWait { get; set; } = TimeSpan.FromHours(4);

    /// <summary>How long the first words of a model are held back, so that a quick answer is one message. Default 30 ms.</summary>
    public TimeSpan TextAfter { get; set; } = TimeSpan.FromMilliseconds(30);

    /// <summary>Whether this process is alone with its store, so that at its start every lease of another holder is a dead one's. Default true.</summary>
    public bool AloneWithStore { get; set; } = true;
}
