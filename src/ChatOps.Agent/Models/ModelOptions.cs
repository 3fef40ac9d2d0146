namespace ChatOps.Agent.Models;

/// <summary>One endpoint of a model (an entry of <c>Models</c> in the configuration). Entries with the same name are one model on several endpoints.</summary>
public sealed class ModelOptions
{
    /// <summary>Limits of <see cref="MaxTokens"/>.</summary>
    public static readonly (int Min, int Max) MaxTokensRange = (16, 200_000);

    /// <summary>Limits of <see cref="ContextTokens"/>.</summary>
    public static readonly (int Min, int Max) ContextTokensRange = (2_048, 10_000_000);

    /// <summary>Limits of <see cref="MaxParallel"/>.</summary>
    public static readonly (int Min, int Max) MaxParallelRange = (1, 1024);

    /// <summary>Limits of <see cref="Attempts"/>.</summary>
    public static readonly (int Min, int Max) AttemptsRange = (1, 10);

    /// <summary>Limits of the timeouts.</summary>
    public static readonly (TimeSpan Min, TimeSpan Max) TimeoutRange = (TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));

    /// <summary>What the model is called here.</summary>
    public string Name { get; set; } = "";

    /// <summary>Whose it is: a preset's name. With <see cref="BaseUrl"/> any server that speaks one of the protocols.</summary>
    public string Provider { get; set; } = "";

    /// <summary>The model as its provider names it; for Azure the deployment.</summary>
    public string Model { get; set; } = "";

    /// <summary>The root of the service. Default: the provider's own.</summary>
    public string? BaseUrl { get; set; }

    /// <summary>The key, or a reference to it; read anew for each request, so that it can be rotated.</summary>
    public string? ApiKey { get; set; }

    /// <summary>The most tokens of one answer. 16 to 200,000; default 4,096.</summary>
    public int MaxTokens { get; set; } = 4_096;

    /// <summary>How free it is with words: 0 to 2. Default: the provider's own.</summary>
    public decimal? Temperature { get; set; }

    /// <summary>The size of the model's window in tokens, the answer included. 2,048 to 10,000,000; default the provider's usual one.</summary>
    public int? ContextTokens { get; set; }

    /// <summary>How long one answer may take. 1 s to 1 h; default 5 min.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long the first word may take, and every next one. 1 s to 1 h; default 1 min.</summary>
    public TimeSpan FirstTokenTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long connecting may take. 1 s to 1 h; default 10 s.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How many requests may be under way to this endpoint at once; more wait. 1 to 1024; default 16.</summary>
    public int MaxParallel { get; set; } = 16;

    /// <summary>How often one step is tried on this model in all. 1 to 10; default 3.</summary>
    public int Attempts { get; set; } = 3;

    /// <summary>Whether the answer is asked for piece by piece. Off for servers that cannot. Default on.</summary>
    public bool Streaming { get; set; } = true;

    /// <summary>What it costs, when the shipped prices do not know it or are wrong.</summary>
    public ModelPriceOptions Prices { get; } = new();
}
