namespace ChatOps.Host;

/// <summary>What carries wake-ups between the parts.</summary>
public sealed class BusOptions
{
    /// <summary><c>InMemory</c> (default).</summary>
    public string Transport { get; set; } = "InMemory";
}
