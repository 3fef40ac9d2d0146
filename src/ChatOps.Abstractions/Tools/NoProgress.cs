namespace ChatOps.Tools;

/// <summary>Shows nothing.</summary>
public sealed class NoProgress : IToolProgress
{
    /// <summary>The instance.</summary>
    public static NoProgress Instance { get; } = new();

    /// <inheritdoc/>
    public void Output(string node, string text)
    {
    }

    /// <inheritdoc/>
    public void Report(string label, long done, long? total)
    {
    }
}
