using ChatOps.Fleet;

namespace ChatOps.Tools.Run;

/// <summary>Passes a node's output on to whoever watches.</summary>
internal sealed class NodeOutput(string node, IToolProgress progress) : IExecutionOutput
{
    public void Append(string text) => progress.Output(node, text);
}
