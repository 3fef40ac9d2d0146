namespace ChatOps.Host;

/// <summary>The gateway's own machine as a node.</summary>
public sealed class LocalNodeOptions
{
    /// <summary>The most labels a node may have by configuration.</summary>
    public const int MaxLabels = 32;

    /// <summary>Whether commands may run on the gateway's own machine. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Its name in selectors. Default <c>local</c>.</summary>
    public string Name { get; set; } = "local";

    /// <summary>Its labels. Default: none.</summary>
    public SortedDictionary<string, string> Labels { get; } = new(StringComparer.Ordinal);
}
