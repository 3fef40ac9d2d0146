using ChatOps.Fleet;

namespace ChatOps.Tools.Run;

/// <summary>Nobody watches this output while it comes.</summary>
internal sealed class NoOutput : IExecutionOutput
{
    public static NoOutput Instance { get; } = new();

    public void Append(string text)
    {
    }
}
