namespace ChatOps.Host;

/// <summary>How much is logged, and how long it is kept.</summary>
public sealed class LoggingOptions
{
    /// <summary>The least severe level that is logged: <c>Debug</c>, <c>Information</c> (default), <c>Warning</c> or <c>Error</c>.</summary>
    public string Level { get; set; } = "Information";

    /// <summary>Largest size of one log file in MiB; then a new one begins. 1 to 1,024, default 20.</summary>
    public int FileMegabytes { get; set; } = 20;

    /// <summary>How many log files are kept. 1 to 365, default 14.</summary>
    public int KeepFiles { get; set; } = 14;
}
