namespace ChatOps.Tools;

/// <summary>Bounds of tools.</summary>
public sealed class ToolsOptions
{
    /// <summary>Data directory; kept outputs go to <c>outputs/</c> below it.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Whether no other gateway uses the same store, so that whatever runs there under another name was left by a dead process.</summary>
    public bool AloneWithStore { get; init; } = true;

    /// <summary>How holders of this data directory begin where it shares its store: who holds the directory knows at the start that the others of that beginning are dead.</summary>
    public string HolderPrefix { get; init; } = "";

    /// <summary>Timeout of a command when none is given. 1 s to 1 h; default 60 s.</summary>
    public TimeSpan DefaultTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Longest timeout that may be asked for. Default 1 h.</summary>
    public TimeSpan MaxTimeout { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Whether this process runs what was approved and ends what dead gateways left; otherwise others on the same store do. Default true.</summary>
    public bool Works { get; init; } = true;

    /// <summary>Working directory of commands when none is given. Default <c>/</c>: what runs does not depend on where the gateway was started.</summary>
    public string WorkingDirectory { get; init; } = "/";

    /// <summary>First bytes of an output that are shown. Default 16 KiB.</summary>
    public int OutputHeadBytes { get; init; } = 16 * 1024;

    /// <summary>Last bytes of an output that are shown. Default 16 KiB.</summary>
    public int OutputTailBytes { get; init; } = 16 * 1024;

    /// <summary>Bytes of an output that are kept as a file. Default 64 MiB.</summary>
    public long OutputFileBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>Largest file that is put on or got of a node. Default 64 MiB.</summary>
    public long MaxFileBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>How many kept outputs stay; older ones are removed. Default 500.</summary>
    public int MaxOutputFiles { get; init; } = 500;

    /// <summary>How many calls of one person, uploads among them, are taken in a minute by this gateway over the HTTP API, MCP, the command line and the console; default 600. What stops, halts, decides or looks after what runs is never counted.</summary>
    public int CallsPerMinute { get; init; } = 600;

    /// <summary>The same for everybody together; default 6,000.</summary>
    public int CallsPerMinuteInAll { get; init; } = 6_000;

    /// <summary>How many nodes of one invocation work at the same time. Default 64.</summary>
    public int MaxParallel { get; init; } = 64;

    /// <summary>How long the gate tries to record an outcome when the store is not available. Default 60 s; afterwards the invocation stays open and ends as unknown at the next start.</summary>
    public TimeSpan OutcomePatience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Which addresses are read without asking.</summary>
    public WebReadingOptions Web { get; init; } = new();

    /// <summary>Who searches the web.</summary>
    public WebSearchOptions Search { get; init; } = new();

    /// <summary>Where reports are kept, <c>workspace/reports</c>; null for nowhere.</summary>
    public string? ReportsDirectory { get; init; }

    /// <summary>The browser that draws charts as pictures; null for none, and reports have text alone. By default the one that is installed.</summary>
    public string? Browser { get; init; } = InstalledBrowser();

    /// <summary>The Chromium of this machine; null when there is none.</summary>
    public static string? InstalledBrowser() =>
        (from directory in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
         from name in new[] { "chromium", "chromium-browser", "google-chrome", "google-chrome-stable" }
         let path = Path.Combine(directory, name)
         where File.Exists(path)
         select path).FirstOrDefault();

    /// <summary>The gateway's address as people reach it, for links to its console; null when it has none beyond its own machine.</summary>
    public Uri? PublicUrl { get; init; }
}
