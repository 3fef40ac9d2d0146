using ChatOps.Agent.Models.Providers;
using ChatOps.Configuration;

namespace ChatOps.Agent.Models;

/// <summary>The models and who pays for them (<c>Models</c> and parts of <c>Agent</c> in the configuration).</summary>
public sealed class ModelsOptions
{
    /// <summary>How many endpoints there may be.</summary>
    public const int MaxEndpoints = 64;

    /// <summary>The names of the providers that are known.</summary>
    public static IReadOnlyList<string> Providers => ModelPresets.Names;

    /// <summary>The endpoints, in the order of the configuration. None: free text is answered with a hint.</summary>
    public IList<ModelOptions> Endpoints { get; } = [];

    /// <summary>The model that answers (<c>Agent:Model</c>). Default: the first.</summary>
    public string? Default { get; set; }

    /// <summary>The models that are asked in this order when one has no answer (<c>Agent:FallbackModels</c>).</summary>
    public IReadOnlyList<string> Fallbacks { get; set; } = [];

    /// <summary>What they may cost.</summary>
    public BudgetOptions Budgets { get; } = new();

    /// <summary>A file with prices that is laid over the shipped ones (<c>Agent:PricesFile</c>).</summary>
    public string? PricesFile { get; set; }

    /// <summary>Limits of <see cref="KeepUsage"/>: a day's budget needs its day, and a month's bill its month.</summary>
    public static readonly (TimeSpan Min, TimeSpan Max) KeepUsageRange = (TimeSpan.FromDays(32), TimeSpan.FromDays(3650));

    /// <summary>How long each request is kept with its tokens and its cost. 32 to 3,650 d; default 400 d, a year and a month.</summary>
    public TimeSpan KeepUsage { get; set; } = TimeSpan.FromDays(400);

    /// <summary>The longest pause that a service may ask for before the next try; with a longer one the next model is asked, or the person is told. Default 20 s.</summary>
    public TimeSpan MaxRetryWait { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>The first pause before a next try where the service asks for none; doubled each time, with some chance. Default 500 ms.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>After how many failures within <see cref="CircuitWindow"/>, when they are at least half of the requests, an endpoint is left in peace. 2 or more; default 4.</summary>
    public int CircuitFailures { get; set; } = 4;

    /// <summary>The time over which failures are counted. Default 30 s.</summary>
    public TimeSpan CircuitWindow { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an endpoint is left in peace before one request tries it again. Default 15 s.</summary>
    public TimeSpan CircuitBreak { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How many steps may wait for a free place at one model. Default 64.</summary>
    public int MaxWaiting { get; set; } = 64;

    /// <summary>Everything that is wrong; empty when nothing is.</summary>
    public IReadOnlyList<ConfigurationProblem> Problems() => ModelProblems.Of(this);
}
