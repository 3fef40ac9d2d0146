namespace ChatOps.Host;

/// <summary>The web console and its channel.</summary>
public sealed class WebConsoleOptions
{
    /// <summary>Whether the console is served. Default true. The HTTP API, health and metrics are served in any case.</summary>
    public bool Enabled { get; set; } = true;
}
