using ChatOps.Fleet;

namespace ChatOps.Benchmarks.Gate;

/// <summary>Shows nothing.</summary>
internal sealed class NoOutput : IExecutionOutput
{
    /// <summary>The instance.</summary>
    public static NoOutput Instance { get; } = new();

    /// <inheritdoc/>
    public void Append(string text)
    {
    }
}
