using ChatOps.Fleet;

namespace ChatOps.Checks.Files;

/// <summary>A check as it is written, understood.</summary>
internal sealed record CheckDefinition
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it looks at.</summary>
    public required CheckKind Kind { get; init; }

    /// <summary>The word of the kind.</summary>
    public required string KindWord { get; init; }

    /// <summary>For people.</summary>
    public string Description { get; init; } = "";

    /// <summary>Whether it is looked at by itself.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>The nodes; null for what the gateway itself looks at.</summary>
    public Selector? On { get; init; }

    /// <summary>How often.</summary>
    public TimeSpan Interval { get; init; }

    /// <summary>How long one look may take.</summary>
    public TimeSpan Timeout { get; init; }

    /// <summary>When a value is bad.</summary>
    public Thresholds Thresholds { get; init; } = Thresholds.None;

    /// <summary>How bad it is when what it looks at is simply not as it should be.</summary>
    public CheckLevel Severity { get; init; } = CheckLevel.Critical;

    /// <summary>How many further looks must agree before something that may pass is believed.</summary>
    public int Retries { get; init; }

    /// <summary>How soon it looks again meanwhile.</summary>
    public TimeSpan RetryDelay { get; init; }

    /// <summary>How many looks must be well before it is well.</summary>
    public int Recover { get; init; }

    /// <summary>When nothing is said.</summary>
    public IReadOnlyList<MaintenanceWindow> Maintenance { get; init; } = [];

    /// <summary>The checks whose failure silences it.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>The sets that it belongs to.</summary>
    public IReadOnlyList<string> Sets { get; init; } = [];

    /// <summary>Where its findings are told; null for the usual place.</summary>
    public string? To { get; init; }

    /// <summary>What its kind needs, by key.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Settings { get; init; }

    /// <summary>Where it is written.</summary>
    public required string File { get; init; }

    /// <summary>1-based.</summary>
    public int Line { get; init; }

    /// <summary>The unit of its values.</summary>
    public string Unit { get; init; } = "";

    /// <summary>The check of whether a node can be reached, which the others make.</summary>
    public static CheckDefinition ReachableNode { get; } = new()
    {
        Name = "node",
        Kind = CheckKind.Node,
        KindWord = "node",
        Description = "Whether checks can reach the node.",
        Interval = TimeSpan.FromMinutes(1),
        Timeout = TimeSpan.FromSeconds(10),
        RetryDelay = TimeSpan.FromSeconds(10),
        Retries = 2,
        Recover = 1,
        Settings = new Dictionary<string, IReadOnlyList<string>>(),
        File = "",
    };

    /// <summary>A setting, or nothing.</summary>
    public string? Text(string key) => Settings.TryGetValue(key, out var values) && values is [var first, ..] ? first : null;

    /// <summary>A setting that the reader has seen to.</summary>
    public string Required(string key) => Text(key) ?? throw new InvalidOperationException($"The check {Name} has no '{key}'.");

    /// <summary>A list.</summary>
    public IReadOnlyList<string> List(string key) => Settings.GetValueOrDefault(key) ?? [];

    /// <summary>A whole number.</summary>
    public int Number(string key, int standard) => Text(key) is { } text ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : standard;

    /// <summary>As others see it.</summary>
    public CheckInfo Info => new(Name, KindWord, Description, Interval, On?.ToString() ?? "", Sets, Enabled, DependsOn, File, Line);
}
