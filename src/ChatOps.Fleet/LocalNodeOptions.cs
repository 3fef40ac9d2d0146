namespace ChatOps.Fleet;

/// <summary>The gateway's own machine as a member of the fleet.</summary>
public sealed class LocalNodeOptions
{
    /// <summary>Most labels.</summary>
    public const int MaxLabels = 32;

    /// <summary>Whether commands may run on the gateway's own machine. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Its name in selectors. Lower case letters, digits, <c>-</c>, <c>_</c>, <c>.</c>; default <c>local</c>.</summary>
    public string Name { get; set; } = "local";

    /// <summary>Its labels, such as <c>env=prod</c>.</summary>
    public SortedDictionary<string, string> Labels { get; } = new(StringComparer.Ordinal);
}
